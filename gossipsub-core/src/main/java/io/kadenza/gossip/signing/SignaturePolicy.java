package io.kadenza.gossip.signing;

import io.kadenza.gossip.rpc.Message;
import java.util.Optional;

/// What is demanded of others' messages. Our own are signed under either policy.
public enum SignaturePolicy {
  /// Every message has an author, a sequence number and a valid signature (`StrictSign`).
  STRICT_SIGN,

  /// Unsigned messages are accepted, and whoever they claim to be from may not have written them; a
  /// signature that is there must be valid (`LaxSign`, "considered insecure"). For networks with
  /// peers that do not sign, as in py-libp2p's lessons.
  LAX;

  /// "A 64-bit big-endian uint".
  private static final int SEQNO_BYTES = 8;

  /// Looks at which fields are there and how long they are; the signature itself is for
  /// [MessageSigning#verify].
  public Optional<Rejection> check(Message message) {
    boolean signed = isSigned(message);
    if (!signed && this == STRICT_SIGN) {
      return Optional.of(Rejection.UNSIGNED);
    }
    boolean demanded = signed || this == STRICT_SIGN;
    if ((demanded || message.from() != null) && message.author().isEmpty()) {
      return Optional.of(Rejection.NO_AUTHOR);
    }
    boolean badSeqno = message.seqno() == null ? demanded : message.seqno().size() != SEQNO_BYTES;
    return badSeqno ? Optional.of(Rejection.BAD_SEQNO) : Optional.empty();
  }

  /// Whether a message has a signature to be verified.
  public static boolean isSigned(Message message) {
    return message.signature() != null && !message.signature().isEmpty();
  }
}
