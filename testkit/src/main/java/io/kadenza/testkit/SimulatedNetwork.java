package io.kadenza.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives each test a network of its own, as a parameter of type [SimulatedDht].
///
/// ```java
/// @SimulatedNetwork(nodes = 100)
/// class GreetingTest {
///   @Test
///   void survivesItsAuthor(SimulatedDht dht) {
///     Bytes key = Bytes.utf8("/greeting/en");
///     dht.put(3, key, Bytes.utf8("hello"));
///     dht.stop(3);
///     dht.advance(Duration.ofHours(1));
///     assertEquals("hello", dht.get(42, key).best().orElseThrow().value().utf8());
///   }
/// }
/// ```
///
/// On a method it goes before the one on the class. A test that fails says which network it had,
/// and how to have it again: `-Dkadenza.seed=7` in place of every seed, which is also the way to
/// try a test on other networks.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SimulatedNetworkExtension.class)
public @interface SimulatedNetwork {
  /// How many nodes, from 2 to 10,000.
  int nodes() default 100;

  /// Decides everything: ids, addresses, delays and what nodes draw at random.
  long seed() default 1;
}
