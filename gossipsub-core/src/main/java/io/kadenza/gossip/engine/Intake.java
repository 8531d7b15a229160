package io.kadenza.gossip.engine;

import io.kadenza.gossip.cache.MessageCache;
import io.kadenza.gossip.cache.SeenCache;
import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.effect.Outbox;
import io.kadenza.gossip.engine.PendingMessages.Pending;
import io.kadenza.gossip.mesh.Mesh;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.gossip.signing.Rejection;
import io.kadenza.gossip.signing.SignaturePolicy;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;
import java.util.Set;

/// What others publish: checked, told from duplicates, verified, delivered and passed on. A message
/// counts as seen only once it is accepted, else a forgery would suppress the genuine one. Confined
/// to the engine's thread.
final class Intake {
  private final GossipConfig config;
  private final MessageIds ids;
  private final PeerId self;
  private final Mesh mesh;
  private final SeenCache seen;
  private final MessageCache cache;
  private final PendingMessages pending;

  Intake(GossipConfig config, PeerId self, Mesh mesh, SeenCache seen, MessageCache cache) {
    this.config = config;
    this.ids = new MessageIds(config.messageId());
    this.self = self;
    this.mesh = mesh;
    this.seen = seen;
    this.cache = cache;
    this.pending = new PendingMessages(config.maxHeldBytes() / 2);
  }

  /// A peer handed us a message.
  void receive(PeerId from, Message message, Now now, Outbox out) {
    if (!mesh.isJoined(message.topic())) {
      return;
    }
    Optional<Rejection> flaw = check(message);
    if (flaw.isPresent()) {
      reject(from, message, flaw.get(), out);
      return;
    }
    Bytes id;
    try {
      id = ids.of(message);
    } catch (IllegalStateException nameless) {
      reject(from, message, Rejection.BAD_ID, out);
      return;
    }
    if (id.size() > RpcLimits.MAX_ID_BYTES) {
      reject(from, message, Rejection.BAD_ID, out);
    } else if (seen.contains(id, now) || pending.isDuplicate(message, from)) {
      return;
    } else if (SignaturePolicy.isSigned(message)) {
      pending
          .add(message, id, from, now)
          .ifPresentOrElse(
              p -> out.add(new GossipEffect.Verify(p.ticket, message)),
              () -> reject(from, message, Rejection.OVERLOAD, out));
    } else {
      accept(message, id, from, Set.of(from), now, out);
    }
  }

  /// The verification of a message has ended.
  void verified(long ticket, boolean genuine, Now now, Outbox out) {
    Pending done = pending.remove(ticket);
    if (done == null) {
      return;
    }
    if (!genuine) {
      reject(done.from, done.message, Rejection.BAD_SIGNATURE, out);
    } else if (mesh.isJoined(done.message.topic()) && !seen.contains(done.id, now)) {
      accept(done.message, done.id, done.from, done.holders, now, out);
    }
  }

  void heartbeat(Now now) {
    pending.sweep(now);
  }

  private Optional<Rejection> check(Message message) {
    Optional<Rejection> flaw = config.policy().check(message);
    if (flaw.isEmpty() && message.author().filter(self::equals).isPresent()) {
      // "If the router receives a message that it published itself, it will not forward it."
      return Optional.of(Rejection.OURS);
    }
    return flaw;
  }

  private void accept(
      Message message, Bytes id, PeerId from, Set<PeerId> holders, Now now, Outbox out) {
    seen.add(id, now);
    cache.put(id, message);
    out.add(new GossipEffect.Deliver(from, message));
    Optional<PeerId> author = message.author();
    for (PeerId peer : mesh.of(message.topic())) {
      if (!holders.contains(peer) && !author.filter(peer::equals).isPresent()) {
        out.publish(peer, message);
      }
    }
  }

  private static void reject(PeerId from, Message message, Rejection why, Outbox out) {
    out.happened(new GossipEvent.MessageRejected(from, message.topic(), why));
  }
}
