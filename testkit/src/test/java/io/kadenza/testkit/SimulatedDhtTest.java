package io.kadenza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SimulatedNetwork(nodes = 40, seed = 3)
class SimulatedDhtTest {
  private static final Bytes KEY = Bytes.utf8("/greeting/en");
  private static final Bytes HELLO = Bytes.utf8("hello");

  @BeforeEach
  void theNetworkIsThereBeforeTheTest(SimulatedDht dht) {
    assertThat(dht.elapsed()).isZero();
    dht.advance(Duration.ofMinutes(1));
  }

  @Test
  void theTestHasTheSameNetwork(SimulatedDht dht) {
    assertThat(dht.elapsed()).isEqualTo(Duration.ofMinutes(1));
    assertThat(dht.size()).isEqualTo(40);
    assertThat(dht.seed()).isEqualTo(3);
  }

  @Test
  @SimulatedNetwork(nodes = 5)
  void aTestMayHaveANetworkOfItsOwn(SimulatedDht dht) {
    assertThat(dht.size()).isEqualTo(5);
  }

  @Test
  void aValueSurvivesItsAuthor(SimulatedDht dht) {
    Outcome.Stored stored = dht.put(3, KEY, HELLO);
    assertThat(stored.copies()).isGreaterThanOrEqualTo(20);
    assertThat(dht.holders(KEY)).hasSize(stored.copies() + 1).contains(3);
    dht.stop(3);
    dht.advance(Duration.ofHours(1));
    assertThat(dht.holders(KEY)).hasSize(stored.copies());
    assertThat(dht.get(7, KEY).best().orElseThrow().value()).isEqualTo(HELLO);
  }

  @Test
  @SimulatedNetwork(nodes = 8)
  void recordsExpire(SimulatedDht dht) {
    dht.put(3, KEY, HELLO);
    dht.advance(Duration.ofDays(3));
    assertThat(dht.holders(KEY)).isEmpty();
    assertThat(dht.get(7, KEY).best()).isEmpty();
  }

  @Test
  void providersAreFound(SimulatedDht dht) {
    dht.provide(3, KEY);
    dht.provide(4, KEY);
    assertThat(dht.findProviders(7, KEY).providers())
        .containsExactlyInAnyOrder(dht.peer(3), dht.peer(4));
  }

  @Test
  void operationsTakeVirtualTime(SimulatedDht dht) {
    Duration before = dht.elapsed();
    assertThat(dht.closest(3, KEY).peers()).hasSize(20);
    assertThat(dht.elapsed().minus(before)).isBetween(Duration.ofMillis(50), Duration.ofMinutes(1));
  }

  @Test
  void whoIsCutOffFindsOnlyItsOwnKind(SimulatedDht dht) {
    dht.put(3, KEY, HELLO);
    List<Integer> others = IntStream.range(20, 40).boxed().toList();
    dht.cut(others);
    for (int holder : dht.holders(KEY)) {
      if (holder >= 20) {
        dht.stop(holder);
      }
    }
    int cutOff = others.stream().filter(number -> !isOff(dht, number)).findFirst().orElseThrow();
    assertThat(dht.get(cutOff, KEY).best()).isEmpty();
    dht.heal();
    assertThat(dht.get(cutOff, KEY).best()).isPresent();
  }

  private static boolean isOff(SimulatedDht dht, int node) {
    try {
      dht.closest(node, KEY);
      return false;
    } catch (IllegalStateException off) {
      return true;
    }
  }

  @Test
  void whoComesBackHasForgottenEverythingAndJoins(SimulatedDht dht) {
    dht.put(3, KEY, HELLO);
    dht.stop(3);
    dht.stop(3);
    assertThatThrownBy(() -> dht.get(3, KEY)).hasMessage("node 3 is off");
    dht.restart(3);
    dht.restart(3);
    assertThat(dht.holders(KEY)).doesNotContain(3);
    assertThat(dht.get(3, KEY).best()).isPresent();
  }

  @Test
  void settingsMayBeYourOwn() {
    KadConfig strict = KadConfig.DEFAULT.withValidators(Validators.strict());
    Outcome.Stored stored = SimulatedDht.start(strict, 5, 1).put(0, KEY, HELLO);
    assertThat(stored.local()).isEqualTo(StoreVerdict.INVALID);
  }

  @Test
  void theSameSeedIsTheSameNetwork() {
    assertThat(course(1)).isEqualTo(course(1)).isNotEqualTo(course(2));
  }

  private static String course(long seed) {
    var dht = SimulatedDht.start(20, seed);
    dht.put(0, KEY, HELLO);
    return dht + " " + dht.closest(1, KEY) + dht.holders(KEY);
  }

  @Test
  void whatMakesNoSenseIsRefused(SimulatedDht dht) {
    assertThatThrownBy(() -> SimulatedDht.start(1, 1)).hasMessageContaining("2 to 10000 nodes");
    assertThatThrownBy(() -> dht.get(40, KEY)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> dht.advance(Duration.ofSeconds(-1)))
        .hasMessageContaining("time does not go back");
  }
}
