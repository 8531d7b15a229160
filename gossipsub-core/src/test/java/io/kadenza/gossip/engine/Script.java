package io.kadenza.gossip.engine;

import io.kadenza.crypto.Identity;
import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Control;
import io.kadenza.gossip.rpc.Graft;
import io.kadenza.gossip.rpc.IHave;
import io.kadenza.gossip.rpc.IWant;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Prune;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.gossip.signing.Author;
import io.kadenza.gossip.signing.MessageSigning;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// One engine on a virtual clock, with what it did since [#forget].
final class Script {
  static final String TOPIC = "topic";

  final GossipEngine engine;
  final List<GossipEffect> effects = new ArrayList<>();
  Now now = new Now(Long.MAX_VALUE - 1_000_000_000L, Instant.ofEpochSecond(1_000_000));

  Script() {
    this(GossipConfig.DEFAULT);
  }

  Script(GossipConfig config) {
    engine = new GossipEngine(config, new Author(TestPeers.identity(0)), new Random(42));
  }

  /// The engine is in [#TOPIC], and so are `count` peers; returns their ids.
  List<PeerId> joinWith(int count) {
    apply(new GossipInput.Subscribe(TOPIC));
    List<PeerId> peers = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      peers.add(subscriber(i));
    }
    forget();
    return peers;
  }

  /// A peer that is up and in [#TOPIC].
  PeerId subscriber(int number) {
    PeerId peer = TestPeers.identity(number).peerId();
    apply(new GossipInput.PeerUp(peer, MeshProtocol.V1_1));
    receive(peer, new SubOpts(true, TOPIC));
    return peer;
  }

  /// Applies an input and, at once, the verifications that it asks for.
  void apply(GossipInput input) {
    for (GossipEffect effect : engine.apply(input, now)) {
      effects.add(effect);
      if (effect instanceof GossipEffect.Verify(long ticket, Message message)) {
        apply(new GossipInput.Verified(ticket, MessageSigning.verify(message)));
      }
    }
  }

  void receive(PeerId from, Rpc rpc) {
    apply(new GossipInput.Received(from, rpc));
  }

  void receive(PeerId from, SubOpts entry) {
    receive(from, Rpc.of(entry));
  }

  void receive(PeerId from, Message message) {
    receive(from, Rpc.of(message));
  }

  void receive(PeerId from, Graft entry) {
    receive(from, Rpc.of(new Control(List.of(), List.of(), List.of(entry), List.of())));
  }

  void receive(PeerId from, Prune entry) {
    receive(from, Rpc.of(new Control(List.of(), List.of(), List.of(), List.of(entry))));
  }

  void receive(PeerId from, IHave... entries) {
    receive(from, Rpc.of(new Control(List.of(entries), List.of(), List.of(), List.of())));
  }

  void receive(PeerId from, IWant entry) {
    receive(from, Rpc.of(new Control(List.of(), List.of(entry), List.of(), List.of())));
  }

  /// Lets time pass in one step, to the next heartbeat if it is long enough.
  void pass(Duration time) {
    now = now.plus(time);
    effects.addAll(engine.tick(now));
  }

  void heartbeats(int count) {
    for (int i = 0; i < count; i++) {
      pass(Duration.ofSeconds(1));
    }
  }

  void forget() {
    effects.clear();
  }

  Stream<Rpc> sentTo(PeerId peer) {
    return effects.stream()
        .filter(e -> e instanceof GossipEffect.Send(PeerId to, _) && to.equals(peer))
        .map(e -> ((GossipEffect.Send) e).rpc());
  }

  Stream<Control> controlTo(PeerId peer) {
    return sentTo(peer).map(Rpc::control);
  }

  List<Prune> prunesTo(PeerId peer) {
    return controlTo(peer).flatMap(c -> c.prune().stream()).toList();
  }

  List<Graft> graftsTo(PeerId peer) {
    return controlTo(peer).flatMap(c -> c.graft().stream()).toList();
  }

  List<Message> messagesTo(PeerId peer) {
    return sentTo(peer).flatMap(rpc -> rpc.publish().stream()).toList();
  }

  List<Message> delivered() {
    return effects.stream()
        .filter(GossipEffect.Deliver.class::isInstance)
        .map(e -> ((GossipEffect.Deliver) e).message())
        .toList();
  }

  List<GossipEvent> events() {
    return effects.stream()
        .filter(GossipEffect.Happened.class::isInstance)
        .map(e -> ((GossipEffect.Happened) e).event())
        .toList();
  }

  /// A message by somebody else in [#TOPIC].
  Message messageBy(Identity author, String text) {
    return new Author(author).write(TOPIC, Bytes.utf8(text), now);
  }
}
