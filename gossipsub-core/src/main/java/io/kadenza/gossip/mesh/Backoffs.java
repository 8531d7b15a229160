package io.kadenza.gossip.mesh;

import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The peers that must not be grafted again yet, by topic. An entry outlives its peer's connection,
/// or reconnecting would be a way around it; it ends after an hour at most. Confined to the
/// engine's thread.
final class Backoffs {
  /// A thousand peers in ten topics; when full, the oldest entry goes first.
  static final int MAX_ENTRIES = 10_000;

  private static final Duration MAX_BACKOFF = Duration.ofSeconds(RpcLimits.MAX_BACKOFF_SECONDS);

  private final Map<Link, Long> until = new LinkedHashMap<>();

  /// Starts a back-off, or lengthens one; never shortens it.
  void start(String topic, PeerId peer, Duration wait, Now now) {
    var link = new Link(topic, peer);
    Duration bounded = wait.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : wait;
    long end = now.nanosAfter(bounded);
    Long before = until.remove(link);
    if (before == null && until.size() == MAX_ENTRIES) {
      until.remove(until.keySet().iterator().next());
    }
    until.put(link, before != null && before - end > 0 ? before : end);
  }

  /// Whether a peer's GRAFT comes too early.
  boolean holds(String topic, PeerId peer, Now now) {
    Long end = until.get(new Link(topic, peer));
    return end != null && !now.reached(end);
  }

  /// Whether we had better not graft a peer: "the peer has to wait the full backoff period … plus
  /// some slack".
  boolean holds(String topic, PeerId peer, Now now, Duration slack) {
    Long end = until.get(new Link(topic, peer));
    return end != null && !now.reached(end + slack.toNanos());
  }

  /// Forgets what ended more than `slack` ago.
  void sweep(Now now, Duration slack) {
    until.values().removeIf(end -> now.reached(end + slack.toNanos()));
  }

  int size() {
    return until.size();
  }

  private record Link(String topic, PeerId peer) {}
}
