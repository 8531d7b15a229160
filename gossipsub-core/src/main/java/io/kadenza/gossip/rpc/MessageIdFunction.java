package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Names a message, for telling duplicates and for gossip. All peers of a topic must use the same
/// one, or gossip between them comes to nothing.
@FunctionalInterface
public interface MessageIdFunction {

  /// The default: author and sequence number, one after the other. An anonymous message, which has
  /// neither, goes by the SHA-256 of its data.
  MessageIdFunction ORIGIN_STAMPED = MessageIdFunction::originStamped;

  /// The id of a message; at most [RpcLimits#MAX_ID_BYTES], else the message is refused, as it is
  /// where the function throws. It must be a pure function, and fit for any message that a peer can
  /// make up.
  Bytes id(Message message);

  private static Bytes originStamped(Message message) {
    Bytes from = message.from() == null ? Bytes.EMPTY : message.from();
    Bytes seqno = message.seqno() == null ? Bytes.EMPTY : message.seqno();
    if (from.isEmpty() && seqno.isEmpty()) {
      return Bytes.wrap(sha256().digest(message.payload().toArray()));
    }
    byte[] id = new byte[from.size() + seqno.size()];
    from.copyTo(id, 0);
    seqno.copyTo(id, from.size());
    return Bytes.wrap(id);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
