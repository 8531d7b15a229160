package io.kadenza.gossip;

import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.signing.SignaturePolicy;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// A message from another peer.
///
/// @param author who wrote it: proven when `signed`, a claim otherwise
/// @param seqno the author's counter, 8 bytes; empty when it has none
/// @param data opaque, from a stranger: check it, and escape it before printing
/// @param signed whether the author's signature was verified; always, unless the policy is lax
/// @param via the peer that handed it to us
public record TopicMessage(
    String topic, Optional<PeerId> author, Bytes seqno, Bytes data, boolean signed, PeerId via) {

  static TopicMessage of(GossipEffect.Deliver delivery) {
    Message message = delivery.message();
    Bytes seqno = message.seqno();
    return new TopicMessage(
        message.topic(),
        message.author(),
        seqno == null ? Bytes.EMPTY : seqno,
        message.payload(),
        SignaturePolicy.isSigned(message),
        delivery.from());
  }
}
