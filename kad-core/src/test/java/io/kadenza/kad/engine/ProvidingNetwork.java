package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Servers, a client that provides among them, and who was told of which key how often.
final class ProvidingNetwork {
  static final int K = 20;
  static final KadConfig CONFIG = TestNetwork.CONFIG.withTraces(false).withRegion(0);

  final TestNetwork net;
  final List<TestNode> nodes;
  final TestNode provider;
  private final Map<TestNode, Map<Bytes, Integer>> told = new HashMap<>();

  /// @param servers how many; with none the provider knows nobody
  ProvidingNetwork(long seed, KadConfig config, int servers) {
    net = new TestNetwork(seed, config);
    net.faults = this::note;
    nodes = net.servers(servers);
    provider = net.client();
    if (servers > 0) {
      join();
    }
  }

  /// Sees to it that what is sent is counted.
  Fault note(TestNode to, KadRequest request) {
    if (request instanceof KadRequest.AddProvider add) {
      told.computeIfAbsent(to, _ -> new HashMap<>()).merge(add.key(), 1, Integer::sum);
    }
    return Fault.NONE;
  }

  /// Has the provider join by the first server.
  void join() {
    net.run(provider, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
  }

  /// Stops the provider and starts it again with what it had saved.
  void restart() {
    net.restart(provider);
    join();
  }

  /// Begins to provide so many new keys.
  List<Bytes> provide(int count) {
    List<Bytes> keys = Stream.generate(() -> Peers.key(net.random())).limit(count).toList();
    var started = net.run(provider, new Operation.StartProviding(keys));
    assertThat(started.added()).isEqualTo(count);
    return keys;
  }

  Inspection inspect() {
    return provider.engine.inspect(net.now());
  }

  SweepStats stats() {
    return inspect().providing();
  }

  void runUntilTold() {
    for (int i = 0; i < 300 && stats().waiting() > 0; i++) {
      net.runFor(Duration.ofSeconds(1));
    }
    assertThat(stats().waiting()).isZero();
  }

  /// Counts anew from here.
  void forgetTold() {
    told.clear();
  }

  /// How often each server was told of each key that it was told of.
  Stream<Integer> counts() {
    return told.values().stream().flatMap(ofOne -> ofOne.values().stream());
  }

  /// The share of the k closest servers of all keys that were told.
  double recall(List<Bytes> keys) {
    long right = 0;
    long all = 0;
    for (Bytes key : keys) {
      List<TestNode> closest = net.closestServers(KadKey.of(key)).stream().limit(K).toList();
      all += closest.size();
      right +=
          closest.stream().filter(n -> told.getOrDefault(n, Map.of()).containsKey(key)).count();
    }
    return right / (double) all;
  }
}
