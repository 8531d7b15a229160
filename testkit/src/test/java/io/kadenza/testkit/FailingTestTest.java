package io.kadenza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
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

  private static Throwable failureOf(Class<?> test) {
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
    List<TestExecutionSummary.Failure> failures = summary.getSummary().getFailures();
    assertThat(failures).hasSize(1);
    return failures.getFirst().getException();
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
