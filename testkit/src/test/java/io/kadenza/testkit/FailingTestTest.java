package io.kadenza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// What a failing test says, seen from outside.
class FailingTestTest {
  private static final String SEED = "kadenza.seed";

  /// Set while a test of this class runs the ones that fail.
  private static final String ON_PURPOSE = "kadenza.testkit.failing";

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  static class Failing {
    @Test
    void fails(SimulatedDht dht) {
      dht.advance(Duration.ofMinutes(1));
      throw new AssertionError("as it must");
    }
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  static class FailingBefore {
    @BeforeEach
    void fails(SimulatedDht dht) {
      throw new AssertionError(dht.size() + " are not enough");
    }

    @Test
    void isNeverReached() {}
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  static class NoNetwork {
    @Test
    @ExtendWith(SimulatedNetworkExtension.class)
    void asksForOne(SimulatedDht dht) {
      dht.size();
    }
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  abstract static class InherentNetwork {}

  static class FailingHeir extends InherentNetwork {
    @Test
    void fails(SimulatedDht dht) {
      throw new AssertionError("as it must");
    }
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  static class FailingConstructed {
    private final SimulatedDht dht;

    FailingConstructed(SimulatedDht dht) {
      this.dht = dht;
    }

    @RepeatedTest(2)
    void fails() {
      dht.advance(Duration.ofMinutes(1));
      throw new AssertionError("as it must");
    }
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  static class FailingWithItsClass {
    @BeforeAll
    static void makesOne(SimulatedDht dht) {
      dht.advance(Duration.ofHours(1));
    }

    @Test
    void fails() {
      throw new AssertionError("as it must");
    }
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  static class FailingBeforeAll {
    @BeforeAll
    static void fails(SimulatedDht dht) {
      throw new AssertionError(dht.size() + " are not enough");
    }

    @Test
    void isNeverReached() {}
  }

  @EnabledIfSystemProperty(named = ON_PURPOSE, matches = "true")
  @SimulatedNetwork(nodes = 4, seed = 9)
  static class FailingFactory {
    @TestFactory
    DynamicTest makesOne(SimulatedDht dht) {
      return dynamicTest(
          "fails",
          () -> {
            throw new AssertionError(dht.size() + " are not enough");
          });
    }
  }

  private static Throwable failureOf(Class<?> test) {
    List<TestExecutionSummary.Failure> failures = failuresOf(test);
    assertThat(failures).hasSize(1);
    return failures.getFirst().getException();
  }

  private static List<TestExecutionSummary.Failure> failuresOf(Class<?> test) {
    var summary = new SummaryGeneratingListener();
    System.setProperty(ON_PURPOSE, "true");
    try {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build(),
              summary);
    } finally {
      System.clearProperty(ON_PURPOSE);
    }
    return summary.getSummary().getFailures();
  }

  @Test
  void aFailureTellsOfItsNetworkAndHowToHaveItAgain() {
    Throwable failure = failureOf(Failing.class);
    assertThat(failure).hasMessage("as it must");
    assertThat(failure.getSuppressed()[0])
        .hasMessage(
            "simulated network of 4 nodes, seed 9, after PT1M; have it again with -Dkadenza.seed=9");
  }

  @Test
  void soDoesOneBeforeTheTest() {
    assertThat(failureOf(FailingBefore.class).getSuppressed()[0]).hasMessageContaining("seed 9");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FailingHeir.class,
        FailingWithItsClass.class,
        FailingBeforeAll.class,
        FailingFactory.class
      })
  void soDoesOneWhereverTheNetworkComesFrom(Class<?> test) {
    Throwable failure = failureOf(test);
    assertThat(failure.getSuppressed())
        .as("beside %s", failure)
        .singleElement()
        .satisfies(told -> assertThat(told).hasMessageContaining("seed 9"));
  }

  @Test
  void aTestConstructedWithANetworkHasItToItself() {
    assertThat(failuresOf(FailingConstructed.class))
        .hasSize(2)
        .allSatisfy(failed ->
            assertThat(failed.getException().getSuppressed()[0])
                .hasMessageContaining("seed 9, after PT1M;"));
  }

  @Test
  void theSeedCanBeGivenFromOutside() {
    System.setProperty(SEED, "1234");
    try {
      assertThat(failureOf(Failing.class).getSuppressed()[0]).hasMessageContaining("seed 1234");
    } finally {
      System.clearProperty(SEED);
    }
  }

  @Test
  void aSeedIsANumber() {
    System.setProperty(SEED, "seven");
    try {
      assertThat(failureOf(Failing.class)).hasMessageContaining("kadenza.seed is a number");
    } finally {
      System.clearProperty(SEED);
    }
  }

  @Test
  void aNetworkMustBeAskedFor() {
    assertThat(failureOf(NoNetwork.class))
        .hasMessageContaining("neither the test nor its class is a @SimulatedNetwork");
  }
}
