package io.kadenza.gossip.engine;

import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.RpcCodec;
import io.kadenza.gossip.signing.Author;
import io.kadenza.gossip.signing.MessageSigning;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/// A small network of engines on a virtual clock. RPCs travel as bytes, each for 5 to 100 ms;
/// between two nodes they keep their order. One seed decides everything.
final class Net {
  final List<Node> nodes = new ArrayList<>();

  private final Random random;
  private final Map<PeerId, Node> byPeer = new HashMap<>();
  private final PriorityQueue<Arrival> underWay =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::order));
  private long order;
  private Now now = new Now(0, Instant.ofEpochSecond(1_000_000));

  /// How often an RPC gets lost.
  double loss;

  Net(int size, GossipConfig config, long seed) {
    random = new Random(seed);
    for (int i = 0; i < size; i++) {
      var identity = TestPeers.identity(i);
      var engine = new GossipEngine(config, new Author(identity), new Random(seed * 1000 + i));
      var node = new Node(identity.peerId(), engine);
      nodes.add(node);
      byPeer.put(node.peer, node);
    }
  }

  Node node(int index) {
    return nodes.get(index);
  }

  void connect(Node one, Node other) {
    one.apply(new GossipInput.PeerUp(other.peer, MeshProtocol.V1_1));
    other.apply(new GossipInput.PeerUp(one.peer, MeshProtocol.V1_1));
  }

  /// Every node to the next, so that all are connected, and to some others.
  void connectAtRandom(int others) {
    for (int i = 0; i < nodes.size(); i++) {
      connect(node(i), node((i + 1) % nodes.size()));
      for (int j = 0; j < others; j++) {
        int other = random.nextInt(nodes.size());
        if (other != i) {
          connect(node(i), node(other));
        }
      }
    }
  }

  void run(Duration time) {
    long end = now.nanosAfter(time);
    while (true) {
      Arrival next = underWay.peek();
      long at = next == null ? end : Math.min(end, next.at());
      Node due = null;
      for (Node node : nodes) {
        long deadline = node.engine.deadline().orElse(Long.MAX_VALUE);
        if (deadline < at) {
          at = deadline;
          due = node;
        }
      }
      now = now.plus(Duration.ofNanos(Math.max(0, at - now.nanos())));
      if (due != null) {
        due.run(due.engine.tick(now));
      } else if (next != null && next.at() <= end) {
        underWay.poll();
        byPeer
            .get(next.to())
            .apply(new GossipInput.Received(next.from(), RpcCodec.decode(next.rpc())));
      } else {
        return;
      }
    }
  }

  private record Arrival(long at, long order, PeerId from, PeerId to, byte[] rpc) {}

  final class Node {
    final PeerId peer;
    final GossipEngine engine;
    final List<String> delivered = new ArrayList<>();

    private final Map<PeerId, Long> lastArrival = new HashMap<>();

    private Node(PeerId peer, GossipEngine engine) {
      this.peer = peer;
      this.engine = engine;
    }

    void apply(GossipInput input) {
      run(engine.apply(input, now));
    }

    void publish(String topic, String text) {
      apply(new GossipInput.Publish(topic, Bytes.utf8(text), 0));
    }

    private void run(List<GossipEffect> effects) {
      for (GossipEffect effect : effects) {
        switch (effect) {
          case GossipEffect.Send send -> send(send);
          case GossipEffect.Verify(long ticket, Message message) ->
              apply(new GossipInput.Verified(ticket, MessageSigning.verify(message)));
          case GossipEffect.Deliver(_, Message message) -> delivered.add(message.payload().utf8());
          case GossipEffect.Happened _, GossipEffect.Published _ -> {}
        }
      }
    }

    private void send(GossipEffect.Send send) {
      if (random.nextDouble() < loss) {
        return;
      }
      long travel = Duration.ofMillis(random.nextInt(5, 100)).toNanos();
      long at = Math.max(now.nanos() + travel, lastArrival.getOrDefault(send.peer(), 0L));
      lastArrival.put(send.peer(), at);
      underWay.add(new Arrival(at, order++, peer, send.peer(), RpcCodec.encode(send.rpc())));
    }
  }
}
