package io.kadenza.bench.agree;

import io.kadenza.kad.rpc.MessageType;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/// How many requests of each kind each node has sent. Safe for use by any thread.
final class MessageTally {
  private static final int TYPES = MessageType.values().length;

  private final int nodes;
  private final AtomicLongArray counts;

  MessageTally(int nodes) {
    this.nodes = nodes;
    this.counts = new AtomicLongArray(nodes * TYPES);
  }

  void count(int node, MessageType type) {
    counts.incrementAndGet(node * TYPES + column(type));
  }

  private static int column(MessageType type) {
    return Arrays.asList(MessageType.values()).indexOf(type);
  }

  long of(MessageType type) {
    long sum = 0;
    for (int node = 0; node < nodes; node++) {
      sum += counts.get(node * TYPES + column(type));
    }
    return sum;
  }

  long total() {
    return Arrays.stream(perNode()).sum();
  }

  /// The requests that the node at `percent` of all nodes has sent, in the order of how many.
  long perNode(int percent) {
    long[] sorted = perNode();
    Arrays.sort(sorted);
    return sorted[Math.min(nodes - 1, nodes * percent / 100)];
  }

  private long[] perNode() {
    long[] sums = new long[nodes];
    for (int i = 0; i < counts.length(); i++) {
      sums[i / TYPES] += counts.get(i);
    }
    return sums;
  }

  /// How far the nodes of two tallies lie apart, as a share of all requests.
  double apart(MessageTally other) {
    long[] mine = perNode();
    long[] theirs = other.perNode();
    long sum = 0;
    for (int i = 0; i < nodes; i++) {
      sum += Math.abs(mine[i] - theirs[i]);
    }
    return sum / (double) Math.max(1, total());
  }
}
