package io.kadenza.gossip.engine;

import io.kadenza.gossip.cache.MessageCache;
import io.kadenza.gossip.cache.SeenCache;
import io.kadenza.gossip.effect.Outbox;
import io.kadenza.gossip.mesh.Degrees;
import io.kadenza.gossip.mesh.Draw;
import io.kadenza.gossip.mesh.Fanout;
import io.kadenza.gossip.mesh.Mesh;
import io.kadenza.gossip.mesh.Peers;
import io.kadenza.gossip.rpc.IHave;
import io.kadenza.gossip.rpc.IWant;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The lazy half of gossipsub: peers outside of the mesh are told what there is (IHAVE) and ask for
/// what they lack (IWANT). Confined to the engine's thread.
final class Gossip {
  /// The RPCs with IHAVE that are heeded from one peer in one heartbeat: go's `MaxIHaveMessages`.
  static final int MAX_IHAVE_RPCS = 10;

  /// The messages that are asked of one peer in one heartbeat: go's `MaxIHaveLength`.
  static final int MAX_ASKED = RpcLimits.MAX_IDS;

  /// "The recommended value for the gossip factor is 0.25."
  private static final double GOSSIP_FACTOR = 0.25;

  private final Degrees degrees;
  private final Peers peers;
  private final Mesh mesh;
  private final Fanout fanout;
  private final SeenCache seen;
  private final MessageCache cache;
  private final RandomGenerator random;

  /// What each peer did since the last heartbeat.
  private final Map<PeerId, Tally> tallies = new HashMap<>();

  Gossip(
      Degrees degrees,
      Peers peers,
      Mesh mesh,
      Fanout fanout,
      SeenCache seen,
      MessageCache cache,
      RandomGenerator random) {
    this.degrees = degrees;
    this.peers = peers;
    this.mesh = mesh;
    this.fanout = fanout;
    this.seen = seen;
    this.cache = cache;
    this.random = random;
  }

  /// A peer announced messages; asks for those that are new, up to what a peer may have us ask.
  void onIHave(PeerId peer, List<IHave> entries, Now now, Outbox out) {
    if (entries.isEmpty()) {
      return;
    }
    Tally tally = tallies.computeIfAbsent(peer, _ -> new Tally());
    if (++tally.ihaveRpcs > MAX_IHAVE_RPCS) {
      return;
    }
    Set<Bytes> lacking = new LinkedHashSet<>();
    for (IHave entry : entries) {
      if (mesh.isJoined(entry.topic())) {
        entry.ids().stream().filter(id -> !seen.contains(id, now)).forEach(lacking::add);
      }
    }
    // In random order: of several peers that announce the same, each is asked for another part.
    List<Bytes> asked = Draw.some(lacking, MAX_ASKED - tally.asked, random);
    tally.asked += asked.size();
    out.iwant(peer, asked);
  }

  /// A peer asked for messages.
  void onIWant(PeerId peer, List<IWant> entries, Outbox out) {
    Set<Bytes> wanted = new LinkedHashSet<>();
    entries.forEach(entry -> wanted.addAll(entry.ids()));
    for (Bytes id : wanted) {
      cache.take(id, peer).ifPresent(message -> out.publish(peer, message));
    }
  }

  void remove(PeerId peer) {
    tallies.remove(peer);
  }

  /// Announces the last messages and ends the window ("Gossip Emission").
  void heartbeat(Outbox out) {
    tallies.clear();
    mesh.topics().forEach(topic -> announce(topic, mesh.of(topic), out));
    fanout.forEach((topic, members) -> announce(topic, members, out));
    cache.shift();
  }

  private void announce(String topic, Set<PeerId> eager, Outbox out) {
    List<Bytes> ids = cache.gossipIds(topic);
    if (ids.isEmpty()) {
      return;
    }
    List<PeerId> lazy = new ArrayList<>(peers.in(topic));
    lazy.removeAll(eager);
    int count = Math.max(degrees.lazy(), (int) (GOSSIP_FACTOR * lazy.size()));
    for (PeerId peer : Draw.some(lazy, count, random)) {
      // More than a peer would heed: each is told another part.
      boolean all = ids.size() <= MAX_ASKED;
      out.ihave(peer, topic, all ? ids : Draw.some(ids, MAX_ASKED, random));
    }
  }

  private static final class Tally {
    int ihaveRpcs;
    int asked;
  }
}
