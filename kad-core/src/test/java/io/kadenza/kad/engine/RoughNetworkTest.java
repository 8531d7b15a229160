package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.RoughNetwork.Peer;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything at once: operations of every kind, cancelled or out of time, while peers come, go,
/// lie and are cut off from each other, with settings at their ends.
class RoughNetworkTest {
  private static final int STEPS = 120;

  private RoughNetwork net = new RoughNetwork(new SplittableRandom());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void noEngineBreaksItsRulesAndAllComeToRest(long seed) {
    net = new RoughNetwork(new SplittableRandom(seed));
    try {
      populate();
      for (int i = 0; i < STEPS; i++) {
        step(net.peers.get(net.dice.nextInt(net.peers.size())));
      }
      settle();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private void populate() {
    net.loss = net.oneOf(0, 5, 30, 80);
    net.maxMillis = net.oneOf(5, 200, 3_000);
    net.maxLate = net.oneOf(1, 1, 2_000_000_000);
    for (int i = 0; i < 6; i++) {
      net.keys.add(Peers.key(net.dice));
    }
    net.keys.add(Bytes.EMPTY);
    KadConfig common = config();
    int size = net.oneOf(1, 2, 3, 12, 25);
    for (int i = 0; i < size; i++) {
      boolean liar = i > 0 && net.dice.nextInt(6) == 0;
      Peer peer = net.add(net.oneOf(0, 1, 2) == 0 ? config() : common, liar);
      net.start(peer);
      net.begin(peer, bootstrap(), Duration.ofMinutes(1));
      net.runFor(Duration.ofMillis(net.dice.nextInt(2_000)));
    }
    net.keys.add(net.peers.getFirst().info.id().bytes());
  }

  private Operation<?> bootstrap() {
    return new Operation.Bootstrap(List.of(net.peers.getFirst().info, net.anybody()));
  }

  private KadConfig config() {
    int k = net.oneOf(1, 2, 3, 20, 100);
    var lookup =
        new LookupConfig(
            k,
            net.oneOf(1, 2, 3, 20, 100),
            net.oneOf(1, 3, k, 100),
            Duration.ofMillis(net.oneOf(1, 50, 10_000, 10_000, 86_400_000)),
            net.dice.nextInt(4) != 0,
            net.oneOf(1, 1, 2, 5, 32),
            net.dice.nextInt(4) != 0,
            net.dice.nextInt(4) != 0);
    return TestNetwork.CONFIG
        .withLookup(lookup)
        .withIpLimits(net.dice.nextBoolean() ? IpLimits.NONE : new IpLimits(1, 1))
        .withRegion(net.oneOf(0, 1, 1, 8))
        .withMaxContacts(net.oneOf(0, 1, 4_096))
        .withContactCache(net.oneOf(0, 1, 17, 16_384))
        .withMaxFailures(net.oneOf(1, 2, 1_000))
        .withRefreshInterval(Duration.ofSeconds(net.oneOf(30, 600, 600, 1_000_000_000)))
        .withProbeAge(net.oneOf(0, 1) == 0 ? Duration.ofNanos(1) : Duration.ofMinutes(40))
        .withReprovideInterval(Duration.ofMinutes(net.oneOf(2, 1_320, 1_320)))
        .withMode(net.dice.nextInt(5) == 0 ? Mode.CLIENT : Mode.SERVER);
  }

  private void step(Peer peer) {
    switch (net.dice.nextInt(24)) {
      case 0 -> net.stop(peer);
      case 1, 2 -> {
        net.start(peer);
        net.begin(peer, bootstrap(), limit());
      }
      case 3 -> net.peers.forEach(one -> one.side = net.dice.nextInt(2));
      case 4, 5 -> net.peers.forEach(one -> one.side = 0);
      case 6 -> apply(peer, new EngineInput.SwitchMode(Mode.values()[net.dice.nextInt(2)]));
      case 7 ->
          apply(
              peer,
              new EngineInput.OwnAddresses(
                  net.dice.nextBoolean() ? List.of() : peer.info.addresses()));
      case 8 -> apply(peer, new EngineInput.Recall(List.of(net.anybody(), net.anybody())));
      case 9 -> apply(peer, new EngineInput.PeerIdentified(net.anybody(), net.dice.nextBoolean()));
      case 10, 11 -> {
        if (peer.life != null) {
          peer.life.cancelAll();
        }
      }
      case 12 -> net.runFor(Duration.ofSeconds(net.dice.nextInt(600)));
      case 13 -> net.runFor(Duration.ofSeconds(net.dice.nextInt(30)));
      case 14, 15 -> net.runFor(Duration.ofMillis(net.dice.nextInt(1_000)));
      default -> net.begin(peer, operation(), limit());
    }
  }

  private static void apply(Peer peer, EngineInput input) {
    if (peer.life != null) {
      peer.life.apply(input);
    }
  }

  private Duration limit() {
    return switch (net.dice.nextInt(6)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofSeconds(Long.MAX_VALUE);
      case 2, 3 -> Duration.ofMillis(net.dice.nextInt(3_000));
      default -> Duration.ofMinutes(1);
    };
  }

  private Operation<?> operation() {
    Bytes key = net.anyKey();
    return switch (net.dice.nextInt(15)) {
      case 0 -> new Operation.FindClosest(key);
      case 1 -> new Operation.FindPeer(net.anybody().id());
      case 2, 3 -> new Operation.GetValue(key, net.oneOf(0, 1, 2, 1_000));
      case 4, 5 -> new Operation.PutValue(key, Peers.key(net.dice));
      case 6 -> new Operation.Provide(key);
      case 7 -> new Operation.Provide(key, true);
      case 8 -> new Operation.FindProviders(key, net.oneOf(0, 1, 5));
      case 9 -> new Operation.Refresh();
      case 10 -> new Operation.Settle();
      case 11 -> new Operation.StartProviding(List.of(key, net.anyKey()));
      case 12 -> new Operation.StopProviding(List.of(key));
      case 13 -> new Operation.Publish(key, Peers.key(net.dice));
      default -> new Operation.Unpublish(key);
    };
  }

  /// Without faults and without anybody who wants anything.
  private void settle() {
    net.loss = 0;
    net.maxMillis = 100;
    net.maxLate = 1;
    net.peers.forEach(one -> one.side = 0);
    net.peers.stream().filter(one -> one.life != null).forEach(one -> one.life.cancelAll());
    net.runFor(Duration.ofMinutes(20));
    for (Peer peer : net.peers) {
      if (peer.life != null && peer.life.engine.inFlight() == 0) {
        peer.life.checkIdle();
        net.begin(peer, new Operation.Settle(), Duration.ZERO);
        assertThat(peer.life.running).isEmpty();
      }
    }
  }
}
