package io.kadenza.gossip.mesh;

import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.effect.GossipEvent.PruneReason;
import io.kadenza.gossip.effect.Outbox;
import io.kadenza.gossip.rpc.Prune;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The topics that we are in, each with the few peers that messages are passed on to at once.
/// Confined to the engine's thread.
public final class Mesh {
  /// `PruneBackoff`: how long after a PRUNE neither side grafts again.
  static final Duration PRUNE_BACKOFF = Duration.ofMinutes(1);

  /// `UnsubscribeBackoff`: the same when the PRUNE was a farewell.
  static final Duration UNSUBSCRIBE_BACKOFF = Duration.ofSeconds(10);

  private final Degrees degrees;
  private final Duration heartbeat;
  private final Peers peers;
  private final RandomGenerator random;
  private final Backoffs backoffs = new Backoffs();
  private final Map<String, Set<PeerId>> meshes = new LinkedHashMap<>();

  /// @param heartbeat the time between two calls of [#heartbeat]
  public Mesh(Degrees degrees, Duration heartbeat, Peers peers, RandomGenerator random) {
    this.degrees = degrees;
    this.heartbeat = heartbeat;
    this.peers = peers;
    this.random = random;
  }

  /// Whether we are in a topic.
  public boolean isJoined(String topic) {
    return meshes.containsKey(topic);
  }

  /// The topics that we are in; a view.
  public Set<String> topics() {
    return Collections.unmodifiableSet(meshes.keySet());
  }

  /// Our mesh for a topic; a view, empty when we are not in it.
  public Set<PeerId> of(String topic) {
    return Collections.unmodifiableSet(meshes.getOrDefault(topic, Set.of()));
  }

  /// Joins a topic: `JOIN(topic)`.
  ///
  /// @param preferred peers to take first, if they may be grafted
  public void join(String topic, Collection<PeerId> preferred, Now now, Outbox out) {
    if (isJoined(topic)) {
      return;
    }
    Set<PeerId> members = new LinkedHashSet<>();
    meshes.put(topic, members);
    for (PeerId peer : preferred) {
      if (mayGraft(topic, peer, now)) {
        graft(topic, members, peer, out);
      }
    }
    fill(topic, members, now, out);
  }

  /// Leaves a topic: `LEAVE(topic)`.
  public void leave(String topic, Now now, Outbox out) {
    Set<PeerId> members = meshes.remove(topic);
    if (members != null) {
      for (PeerId peer : members) {
        sendPrune(topic, peer, UNSUBSCRIBE_BACKOFF, now, out);
        out.happened(new GossipEvent.Pruned(peer, topic, PruneReason.WE_LEFT));
      }
    }
  }

  /// A peer sent GRAFT. "GRAFT messages for unknown topics are ignored" (1.1).
  public void onGraft(PeerId peer, String topic, Now now, Outbox out) {
    Set<PeerId> members = meshes.get(topic);
    if (members == null || members.contains(peer)) {
      return;
    }
    // "Both … will immediately prune a GRAFT within the backoff period and extend it."
    if (backoffs.holds(topic, peer, now) || members.size() >= degrees.high()) {
      sendPrune(topic, peer, PRUNE_BACKOFF, now, out);
      return;
    }
    members.add(peer);
    out.happened(new GossipEvent.Grafted(peer, topic));
  }

  /// A peer sent PRUNE. Of topics that we are not in nothing is noted, or peers could fill our
  /// memory.
  public void onPrune(PeerId peer, Prune prune, Now now, Outbox out) {
    Set<PeerId> members = meshes.get(prune.topic());
    if (members == null) {
      return;
    }
    backoffs.start(prune.topic(), peer, prune.backoff().orElse(PRUNE_BACKOFF), now);
    if (members.remove(peer)) {
      out.happened(new GossipEvent.Pruned(peer, prune.topic(), PruneReason.BY_PEER));
    }
  }

  /// A peer left a topic, or all of them.
  public void remove(String topic, PeerId peer, PruneReason why, Outbox out) {
    Set<PeerId> members = meshes.get(topic);
    if (members != null && members.remove(peer)) {
      out.happened(new GossipEvent.Pruned(peer, topic, why));
    }
  }

  /// A peer is gone from wherever it was, including topics that it grafted without announcing them.
  public void remove(PeerId peer, Outbox out) {
    meshes.keySet().forEach(topic -> remove(topic, peer, PruneReason.GONE, out));
  }

  /// Brings every mesh back to its degree ("Mesh Maintenance").
  public void heartbeat(Now now, Outbox out) {
    backoffs.sweep(now, heartbeat);
    meshes.forEach((topic, members) -> {
      if (members.size() < degrees.low()) {
        fill(topic, members, now, out);
      } else if (members.size() >= degrees.high()) {
        // At D_high already, not only above: a full mesh would have no room for newcomers.
        thin(topic, members, now, out);
      }
    });
  }

  private void fill(String topic, Set<PeerId> members, Now now, Outbox out) {
    List<PeerId> candidates = new ArrayList<>();
    for (PeerId peer : peers.in(topic)) {
      if (!members.contains(peer) && mayGraft(topic, peer, now)) {
        candidates.add(peer);
      }
    }
    int missing = degrees.target() - members.size();
    Draw.some(candidates, missing, random).forEach(peer -> graft(topic, members, peer, out));
  }

  private void thin(String topic, Set<PeerId> members, Now now, Outbox out) {
    for (PeerId peer : Draw.some(members, members.size() - degrees.target(), random)) {
      members.remove(peer);
      sendPrune(topic, peer, PRUNE_BACKOFF, now, out);
      out.happened(new GossipEvent.Pruned(peer, topic, PruneReason.EXCESS));
    }
  }

  private boolean mayGraft(String topic, PeerId peer, Now now) {
    return peers.in(topic).contains(peer) && !backoffs.holds(topic, peer, now, heartbeat);
  }

  private static void graft(String topic, Set<PeerId> members, PeerId peer, Outbox out) {
    members.add(peer);
    out.graft(peer, topic);
    out.happened(new GossipEvent.Grafted(peer, topic));
  }

  private void sendPrune(String topic, PeerId peer, Duration backoff, Now now, Outbox out) {
    backoffs.start(topic, peer, backoff, now);
    boolean says = peers.protocol(peer).map(MeshProtocol::hasBackoff).orElse(false);
    out.prune(peer, new Prune(topic, says ? (int) backoff.toSeconds() : 0));
  }
}
