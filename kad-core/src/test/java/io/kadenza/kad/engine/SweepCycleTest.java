package io.kadenza.kad.engine;

import static io.kadenza.kad.engine.ProvidingNetwork.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.provide.SweepStats;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is provided is told again once in every interval, whatever happens in between.
class SweepCycleTest {
  private static final Duration INTERVAL = Duration.ofHours(4);

  private static KadConfig every(Duration interval) {
    return CONFIG.withReprovideInterval(interval).withRefreshInterval(Duration.ofHours(100));
  }

  @ParameterizedTest
  @CsvSource({"1, 15", "2, 40"})
  void oneCycleTellsEachKeyOncePerInterval(long seed, int servers) {
    var network = new ProvidingNetwork(seed, every(INTERVAL), servers);
    List<Bytes> keys = network.provide(100);
    // The keys' turns come within the first cycle, wherever they were told before.
    network.net.runFor(INTERVAL.multipliedBy(2));

    for (int cycle = 0; cycle < 3; cycle++) {
      network.forgetTold();
      network.net.runFor(INTERVAL);
      assertThat(network.recall(keys)).as("seed %d", seed).isEqualTo(1);
      assertThat(network.counts()).containsOnly(1);
    }
    assertThat(network.stats().lag()).isLessThan(Duration.ofMinutes(1));
    assertThat(network.stats().lastCycle().orElseThrow())
        .isBetween(INTERVAL.minusMinutes(10), INTERVAL.plusMinutes(10));
  }

  @Test
  void theWorkOfACycleIsSpreadOverTheInterval() {
    Duration interval = Duration.ofHours(2);
    var network = new ProvidingNetwork(3, every(interval).withK(5), 60);
    network.provide(200);
    network.net.runFor(interval.multipliedBy(2));

    int quiet = 0;
    for (int i = 0; i < 8; i++) {
      long before = network.stats().messages();
      network.net.runFor(interval.dividedBy(8));
      long sent = network.stats().messages() - before;
      assertThat(sent).isLessThan(200 * 5 / 2);
      quiet += sent == 0 ? 1 : 0;
    }
    assertThat(quiet).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aRestartNeitherLosesNorRepeats(long seed) {
    var network = new ProvidingNetwork(seed, every(INTERVAL), 60);
    List<Bytes> keys = network.provide(200);
    network.net.runFor(INTERVAL.multipliedBy(2));
    network.forgetTold();

    for (int i = 0; i < 4; i++) {
      network.net.runFor(INTERVAL.dividedBy(4).minusMinutes(1));
      network.restart();
      network.net.runFor(Duration.ofMinutes(1));
    }

    assertThat(network.recall(keys)).as("seed %d", seed).isEqualTo(1);
    long all = network.counts().count();
    long messages = network.counts().mapToLong(n -> n).sum();
    assertThat(messages).isBetween(all, all + all / 20);
  }

  @Test
  void afterARestartWithNothingToTellItDoesNotSayThatNobodyAnswers() {
    var network = new ProvidingNetwork(11, every(Duration.ofHours(1_000)), 15);
    network.provide(1);
    network.runUntilTold();

    network.restart();
    network.net.runFor(Duration.ofMinutes(5));

    assertThat(network.stats().regions()).isZero();
    assertThat(network.stats().offline()).isFalse();
  }

  @Test
  void whatWasMissedInALongStopIsCaughtUpAtOnce() {
    var network = new ProvidingNetwork(5, every(INTERVAL), 40);
    List<Bytes> keys = network.provide(100);
    network.net.runFor(Duration.ofHours(1));
    network.provider.up = false;
    network.net.runFor(Duration.ofHours(9));
    network.forgetTold();

    network.restart();
    network.net.runFor(Duration.ofMinutes(5));

    assertThat(network.recall(keys)).isEqualTo(1);
    assertThat(network.stats().lag()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void t45WhatWasToldWhileTheClockWasAheadIsToldAgainOnceItIsSetRight() {
    var network = new ProvidingNetwork(7, every(INTERVAL), 15);
    List<Bytes> keys = network.provide(50);
    network.net.setClocks(Duration.ofDays(300));
    network.net.runFor(INTERVAL.multipliedBy(2));
    network.net.setClocks(Duration.ofDays(-300));
    network.forgetTold();

    network.net.runFor(INTERVAL.plusMinutes(30));

    assertThat(network.recall(keys)).isEqualTo(1);
  }

  @Test
  void whenNobodyAnswersTheSweepStandsStillAndCatchesUpAfterwards() {
    var network = new ProvidingNetwork(6, every(INTERVAL), 40);
    List<Bytes> keys = network.provide(100);
    network.runUntilTold();
    network.nodes.forEach(node -> node.up = false);
    network.net.runFor(Duration.ofHours(3));
    SweepStats cutOff = network.stats();
    assertThat(cutOff.offline()).isTrue();
    assertThat(cutOff.lag()).isGreaterThan(Duration.ofHours(1));
    assertThat(cutOff.waiting()).isZero();
    network.forgetTold();

    network.nodes.forEach(node -> node.up = true);
    network.net.runFor(Duration.ofMinutes(10));
    SweepStats back = network.stats();
    assertThat(back.offline()).isFalse();
    assertThat(back.lag()).isLessThan(Duration.ofMinutes(1));
    network.net.runFor(INTERVAL);

    assertThat(network.recall(keys)).isEqualTo(1);
  }

  @Test
  void asLongAsNobodyAnswersNoRegionIsCounted() {
    var network = new ProvidingNetwork(6, every(INTERVAL), 40);
    network.provide(100);
    network.runUntilTold();
    SweepStats before = network.stats();
    network.nodes.forEach(node -> node.up = false);

    network.net.runFor(Duration.ofHours(3));

    SweepStats cutOff = network.stats();
    assertThat(cutOff.offline()).isTrue();
    assertThat(cutOff.findNodes()).isGreaterThan(before.findNodes());
    assertThat(cutOff.regions()).isEqualTo(before.regions());
    assertThat(cutOff.regionsInCycle()).isEqualTo(before.regionsInCycle());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, -300})
  void aClockThatIsSetMakesNoCycleLonger(int days) {
    var network = new ProvidingNetwork(7, every(INTERVAL).withK(5), 60);
    network.provide(200);
    network.net.runFor(INTERVAL.multipliedBy(2));

    network.net.setClocks(Duration.ofDays(days));
    network.net.runFor(INTERVAL.dividedBy(2));

    // One that was set forward has let a whole cycle be caught up.
    assertThat(network.stats().cycle()).isBetween(0.3, 0.7);
    assertThat(network.stats().lastCycle().orElseThrow()).isLessThan(INTERVAL.plusMinutes(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void whereNothingIsDueTheSweepIsNotBehind(int keys) {
    var network = new ProvidingNetwork(8, every(INTERVAL).withK(5), 60);
    List<Bytes> provided = network.provide(3);
    network.runUntilTold();
    network.net.run(
        network.provider, new Operation.StopProviding(provided.subList(keys, provided.size())));

    for (int i = 0; i < 60; i++) {
      network.net.runFor(Duration.ofMinutes(7));
      assertThat(network.stats().lag()).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void whatWasMissedInALongStopIsNoCycleOfThisLife() {
    var network = new ProvidingNetwork(5, every(INTERVAL).withK(5), 60);
    network.provide(200);
    network.net.runFor(INTERVAL.multipliedBy(2));
    network.provider.up = false;
    network.net.runFor(INTERVAL.multipliedBy(3));

    network.restart();
    while (network.stats().regions() == 0) {
      network.net.runFor(Duration.ofMillis(50));
    }

    assertThat(network.stats().lastCycle()).isEmpty();
  }

  @Test
  void whatIsNotProvidedAnyMoreIsNotToldAgain() {
    var network = new ProvidingNetwork(10, CONFIG.withReprovideInterval(INTERVAL), 10);
    List<Bytes> keys = network.provide(20);
    network.runUntilTold();
    var find = new Operation.FindProviders(keys.get(0), 1);
    var found = network.net.run(network.provider, find);
    assertThat(found.providers()).containsExactly(network.provider.info());

    var stop = new Operation.StopProviding(keys.subList(0, 10));
    var stopped = network.net.run(network.provider, stop);
    assertThat(stopped.removed()).isEqualTo(10);
    network.forgetTold();
    network.net.runFor(INTERVAL);

    assertThat(network.recall(keys.subList(0, 10))).isZero();
    assertThat(network.recall(keys.subList(10, 20))).isEqualTo(1);
    assertThat(network.inspect().provided(Optional.empty(), 100)).hasSize(10);
  }
}
