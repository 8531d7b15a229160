package io.kadenza.gossip.engine;

import io.kadenza.gossip.cache.MessageCache;
import io.kadenza.gossip.cache.SeenCache;
import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.effect.GossipEvent.PruneReason;
import io.kadenza.gossip.effect.Outbox;
import io.kadenza.gossip.mesh.Fanout;
import io.kadenza.gossip.mesh.Mesh;
import io.kadenza.gossip.mesh.Peers;
import io.kadenza.gossip.rpc.Control;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.gossip.signing.Author;
import io.kadenza.machine.Machine;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One node's gossipsub: membership, mesh, gossip and messages, composed.
///
/// Same configuration, same inputs, same times, same random: same effects. Confined to whoever
/// drives it, one thread at a time, the queries included.
public final class GossipEngine implements Machine<GossipInput, GossipEffect> {
  private final GossipConfig config;
  private final Author author;
  private final Peers peers;
  private final Mesh mesh;
  private final Fanout fanout;
  private final SeenCache seen;
  private final MessageCache cache;
  private final Intake intake;
  private final Gossip gossip;
  private final Outbox out = new Outbox();

  /// When the next heartbeat is due; not before the first input, because there is no clock yet.
  private OptionalLong heartbeatAt = OptionalLong.empty();

  /// @param author writes our messages
  /// @param random seeded; it decides whom we graft, prune and tell
  public GossipEngine(GossipConfig config, Author author, RandomGenerator random) {
    this.config = config;
    this.author = author;
    peers = new Peers(config.maxHeldBytes());
    mesh = new Mesh(config.degrees(), config.heartbeat(), peers, random);
    fanout = new Fanout(config.degrees(), peers, random);
    cache = new MessageCache(config.maxHeldBytes());
    seen = new SeenCache(config.seenTtl(), config.maxHeldBytes());
    intake = new Intake(config, author.peerId(), mesh, seen, cache);
    gossip = new Gossip(config.degrees(), peers, mesh, fanout, seen, cache, random);
  }

  @Override
  public List<GossipEffect> apply(GossipInput input, Now now) {
    if (heartbeatAt.isEmpty()) {
      heartbeatAt = OptionalLong.of(now.nanosAfter(config.heartbeat()));
    }
    switch (input) {
      case GossipInput.PeerUp up -> peerUp(up);
      case GossipInput.PeerDown(PeerId peer) -> peerDown(peer);
      case GossipInput.Received(PeerId peer, Rpc rpc) -> received(peer, rpc, now);
      case GossipInput.Verified(long ticket, boolean genuine) ->
          intake.verified(ticket, genuine, now, out);
      case GossipInput.Subscribe(String topic) -> subscribe(topic, now);
      case GossipInput.Unsubscribe(String topic) -> unsubscribe(topic, now);
      case GossipInput.Publish publish -> publish(publish, now);
    }
    return out.drain();
  }

  @Override
  public List<GossipEffect> tick(Now now) {
    if (heartbeatAt.isEmpty() || !now.reached(heartbeatAt.getAsLong())) {
      return List.of();
    }
    // Heartbeats that were missed are not made up for.
    heartbeatAt = OptionalLong.of(now.nanosAfter(config.heartbeat()));
    intake.heartbeat(now);
    seen.sweep(now);
    mesh.heartbeat(now, out);
    fanout.heartbeat(now);
    gossip.heartbeat(out);
    return out.drain();
  }

  @Override
  public OptionalLong deadline() {
    return heartbeatAt;
  }

  /// The connected peers in a topic.
  public Set<PeerId> peers(String topic) {
    return Set.copyOf(peers.in(topic));
  }

  /// Our mesh for a topic.
  public Set<PeerId> mesh(String topic) {
    return Set.copyOf(mesh.of(topic));
  }

  /// How many topics connected peers are in.
  public int knownTopics() {
    return peers.topics();
  }

  private void peerUp(GossipInput.PeerUp up) {
    peers.up(up.peer(), up.protocol());
    mesh.topics().forEach(topic -> out.announce(up.peer(), new SubOpts(true, topic)));
  }

  private void peerDown(PeerId peer) {
    for (String topic : peers.down(peer)) {
      fanout.remove(topic, peer);
      out.happened(new GossipEvent.PeerUnsubscribed(peer, topic));
    }
    mesh.remove(peer, out);
    gossip.remove(peer);
  }

  private void received(PeerId peer, Rpc rpc, Now now) {
    if (!peers.contains(peer)) {
      return;
    }
    rpc.subscriptions().forEach(entry -> announced(peer, entry));
    for (Message message : rpc.publish()) {
      intake.receive(peer, message, now, out);
    }
    Control control = rpc.control();
    gossip.onIHave(peer, control.ihave(), now, out);
    gossip.onIWant(peer, control.iwant(), out);
    control.graft().forEach(graft -> mesh.onGraft(peer, graft.topic(), now, out));
    control.prune().forEach(prune -> mesh.onPrune(peer, prune, now, out));
  }

  private void announced(PeerId peer, SubOpts entry) {
    String topic = entry.topic();
    if (entry.subscribe()) {
      if (peers.subscribe(peer, topic, mesh.isJoined(topic))) {
        out.happened(new GossipEvent.PeerSubscribed(peer, topic));
      }
    } else if (peers.unsubscribe(peer, topic)) {
      fanout.remove(topic, peer);
      mesh.remove(topic, peer, PruneReason.PEER_LEFT, out);
      out.happened(new GossipEvent.PeerUnsubscribed(peer, topic));
    }
  }

  private void subscribe(String topic, Now now) {
    if (!mesh.isJoined(topic)) {
      peers.all().forEach(peer -> out.announce(peer, new SubOpts(true, topic)));
      mesh.join(topic, fanout.release(topic), now, out);
    }
  }

  private void unsubscribe(String topic, Now now) {
    if (mesh.isJoined(topic)) {
      peers.all().forEach(peer -> out.announce(peer, new SubOpts(false, topic)));
      mesh.leave(topic, now, out);
    }
  }

  private void publish(GossipInput.Publish publish, Now now) {
    Message message = author.write(publish.topic(), publish.data(), now);
    Bytes id = new MessageIds(config.messageId()).of(message);
    if (seen.contains(id, now)) {
      // Possible when ids are made of the data: others would drop it as well.
      out.add(new GossipEffect.Published(publish.request(), 0));
      return;
    }
    seen.add(id, now);
    cache.put(id, message);
    Collection<PeerId> receivers = receivers(publish.topic(), now);
    receivers.forEach(peer -> out.publish(peer, message));
    out.add(new GossipEffect.Published(publish.request(), receivers.size()));
  }

  private Collection<PeerId> receivers(String topic, Now now) {
    if (config.floodPublish()) {
      return peers.in(topic);
    }
    return mesh.isJoined(topic) ? mesh.of(topic) : fanout.publish(topic, now);
  }
}
