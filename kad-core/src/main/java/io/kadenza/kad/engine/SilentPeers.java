package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Peers that have kept silent when they were last asked: they hang, or are suspended, and whoever
/// asks them next is not to wait for that once more. They are asked all the same, beside others,
/// and an answer clears them at once. Confined to the engine.
final class SilentPeers {
  /// For how long after its last silence nobody counts on a peer: until it has been asked again by
  /// [Standing], which either removes or clears it.
  static final Duration REMEMBERED = Duration.ofSeconds(30);

  /// More would be a network that is down, and then it is not their fault; the oldest gives way.
  static final int MAX = 256;

  /// @param from monotonic nanos from when on the peer counts as silent
  /// @param until monotonic nanos
  /// @param rpcId the request that may still be answered
  private record Silence(long from, long until, long rpcId) {}

  private final InFlight inFlight;
  private final Map<KadKey, Silence> silences = new LinkedHashMap<>(0);

  SilentPeers(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /// Whether nobody is to count on a peer.
  boolean contains(Contact peer, long now) {
    Silence silence = find(peer, now);
    return silence != null && silence.from() - now <= 0;
  }

  private @Nullable Silence find(Contact peer, long now) {
    if (silences.isEmpty()) {
      return null;
    }
    Silence silence = silences.get(peer.key());
    if (silence != null && silence.until() - now <= 0) {
      silences.remove(peer.key());
      return null;
    }
    return silence;
  }

  /// A request has not been answered in its time, or nobody waits for it any longer; if no answer
  /// comes before `from` either, its peer is silent.
  void suspect(Rpc rpc, long from, long now) {
    if (rpc.request() instanceof KadRequest.AddProvider) {
      // What has no answer proves nothing.
      return;
    }
    Silence known = find(rpc.to(), now);
    long since = known != null && known.from() - from < 0 ? known.from() : from;
    long later = from - now > 0 ? from : now;
    silences.remove(rpc.to().key());
    if (silences.size() >= MAX) {
      Iterator<KadKey> oldest = silences.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    silences.put(rpc.to().key(), new Silence(since, later + REMEMBERED.toNanos(), rpc.id()));
  }

  /// Whether a request that nobody waits for may stay under way, to learn of its peer's recovery:
  /// one for each silent peer.
  boolean follows(Rpc rpc, long now) {
    Silence silence = find(rpc.to(), now);
    if (silence == null || inFlight.contains(silence.rpcId())) {
      return false;
    }
    silences.replace(rpc.to().key(), new Silence(silence.from(), silence.until(), rpc.id()));
    return true;
  }

  /// A peer has said something.
  void heardOf(Contact peer) {
    if (!silences.isEmpty()) {
      silences.remove(peer.key());
    }
  }

  int size() {
    return silences.size();
  }
}
