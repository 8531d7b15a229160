package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider's random life, of keys that come and go, restarts, outages and a clock that is
/// corrected: whatever has been provided for long enough was told within the last two intervals, so
/// that with 22 hours nothing expires at the others, who keep it for 48.
class SweepScheduleTest {
  private static final Duration INTERVAL = Duration.ofHours(10);

  /// A key is told before its turn with the first one of its region, and perhaps not again before
  /// that of the next cycle if it has another region or another first one by then.
  private static final Duration LONGEST = INTERVAL.multipliedBy(2);

  /// How long after an outage or a change everything is told.
  private static final Duration CATCHING_UP = Duration.ofMinutes(40);

  private final Map<Bytes, Long> toldAt = new HashMap<>();

  private final Map<Bytes, Long> since = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatIsProvidedNeverExpires(long seed) {
    var dice = new SplittableRandom(seed);
    var config =
        ProvidingNetwork.CONFIG
            .withReprovideInterval(INTERVAL)
            .withK(dice.nextBoolean() ? 3 : 20)
            .withRegion(dice.nextBoolean() ? 0 : 1.5)
            .withRefreshInterval(Duration.ofHours(1));
    var network = new ProvidingNetwork(seed, config, dice.nextInt(1, 30));
    var net = network.net;
    boolean[] cut = {false};
    net.faults =
        (to, request) -> {
          if (cut[0]) {
            return Fault.UNREACHABLE;
          }
          if (request instanceof KadRequest.AddProvider add) {
            toldAt.put(add.key(), net.now().nanos());
          }
          return Fault.NONE;
        };
    long quietSince = net.now().nanos();
    for (int i = 0; i < 150; i++) {
      switch (dice.nextInt(12)) {
        case 0, 1 -> {
          List<Bytes> keys = new ArrayList<>();
          for (int n = dice.nextInt(1, 20); n > 0; n--) {
            keys.add(Peers.key(dice));
          }
          net.run(network.provider, new Operation.StartProviding(keys));
          keys.forEach(key -> since.put(key, net.now().nanos()));
        }
        case 2 -> {
          if (!since.isEmpty()) {
            Bytes key = since.keySet().stream().skip(dice.nextInt(since.size())).findFirst().get();
            net.run(network.provider, new Operation.StopProviding(List.of(key)));
            since.remove(key);
            toldAt.remove(key);
          }
        }
        case 3 -> {
          if (!cut[0]) {
            network.restart();
            quietSince = net.now().nanos();
          }
        }
        case 4 -> {
          cut[0] = dice.nextInt(3) == 0;
          quietSince = net.now().nanos();
        }
        case 5 -> {
          net.setClocks(Duration.ofSeconds(dice.nextInt(-100, 100)));
          quietSince = net.now().nanos();
        }
        case 6 -> net.runFor(Duration.ofHours(dice.nextInt(1, 15)));
        default -> net.runFor(Duration.ofMinutes(dice.nextInt(1, 90)));
      }
      if (!cut[0] && net.now().nanos() - quietSince > CATCHING_UP.toNanos()) {
        long oldest = net.now().nanos() - LONGEST.plus(CATCHING_UP).toNanos();
        for (var each : since.entrySet()) {
          if (net.now().nanos() - each.getValue() > CATCHING_UP.toNanos()) {
            assertThat(toldAt).as("seed %d, step %d", seed, i).containsKey(each.getKey());
            assertThat(toldAt.get(each.getKey()) - oldest)
                .as("seed %d, step %d: %s", seed, i, network.stats())
                .isPositive();
          }
        }
      }
    }
  }
}
