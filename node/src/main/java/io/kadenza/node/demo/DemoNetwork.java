package io.kadenza.node.demo;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Nodes in this process that know each other by TCP alone. Numbered from 1, as they are shown.
/// Confined to the thread of the demo.
final class DemoNetwork implements AutoCloseable {
  /// Small buckets and few copies, so that a walk has somewhere to go even among ten nodes.
  private static final KadConfig CONFIG =
      KadConfig.DEFAULT.withK(3).withAlpha(1).withValidators(Validators.open());

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<Dht> nodes = new ArrayList<>();
  private final Map<PeerId, Integer> numbers = new HashMap<>();

  private DemoNetwork() {}

  /// Starts the nodes; they do not know each other yet.
  static DemoNetwork start(int size) {
    var network = new DemoNetwork();
    try {
      for (int number = 1; number <= size; number++) {
        network.add(number);
      }
      return network;
    } catch (RuntimeException failed) {
      network.close();
      throw failed;
    }
  }

  private void add(int number) {
    Host host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    nodes.add(Dht.builder(host).config(CONFIG).start());
    numbers.put(host.id(), number);
  }

  /// Has all nodes join by the first one, and look again once all are there.
  ///
  /// @throws Failure if one of them found nobody
  void bootstrap() {
    List<PeerInfo> first = List.of(nodes.getFirst().host().info());
    for (int round = 0; round < 2; round++) {
      atOnce(nodes.subList(1, nodes.size()), node -> join(node, first));
    }
  }

  private void join(Dht node, List<PeerInfo> first) {
    if (node.bootstrap(first, LIMIT).contacted() == 0) {
      throw new Failure(
          Exit.INTERNAL, "the demo went wrong: nobody answered " + name(node.host().id()));
    }
  }

  /// Waits for all of them, then throws what one of them threw, if any did.
  private static void atOnce(List<Dht> nodes, Consumer<Dht> action) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture.allOf(
              nodes.stream()
                  .map(node -> CompletableFuture.runAsync(() -> action.accept(node), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  int size() {
    return nodes.size();
  }

  Dht node(int number) {
    return nodes.get(number - 1);
  }

  /// The name that a peer is shown by.
  String name(PeerId peer) {
    Integer number = numbers.get(peer);
    return number == null ? peer.shortName() : "#" + number;
  }

  /// How many peers the smallest and the largest routing table hold.
  String tableSizes() {
    var sizes = nodes.stream().mapToInt(node -> node.table().size()).summaryStatistics();
    return sizes.getMin() + " to " + sizes.getMax();
  }

  @Override
  public void close() {
    // Closing a host waits for its threads.
    atOnce(
        nodes,
        node -> {
          node.close();
          node.host().close();
        });
  }
}
