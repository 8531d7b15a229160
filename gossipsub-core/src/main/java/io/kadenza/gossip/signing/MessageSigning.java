package io.kadenza.gossip.signing;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.PublicKey;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.MessageCodec;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The signatures of messages: pure functions, safe on any thread.
public final class MessageSigning {
  /// "The protobuf blob is prefixed by the string `libp2p-pubsub:` before signing."
  private static final byte[] PREFIX = "libp2p-pubsub:".getBytes(StandardCharsets.US_ASCII);

  /// The signature of the largest RSA key, of 8192 bits.
  private static final int MAX_SIGNATURE_BYTES = 1024;

  private MessageSigning() {}

  /// The message with its author's signature, and the author's key if `from` does not carry it.
  ///
  /// @param unsigned has `from` and `seqno`
  public static Message sign(Message unsigned, Identity author) {
    byte[] signature = author.sign(signedBytes(unsigned));
    boolean inlined = author.peerId().inlinePublicKey().isPresent();
    return new Message(
        unsigned.from(),
        unsigned.data(),
        unsigned.seqno(),
        unsigned.topic(),
        Bytes.wrap(signature),
        inlined ? null : author.publicKey().protobuf(),
        unsigned.unrecognized());
  }

  /// Whether the author named in `from` signed the message. False for whatever does not hold
  /// together.
  public static boolean verify(Message message) {
    Bytes signature = message.signature();
    Optional<PeerId> author = message.author();
    if (signature == null || signature.size() > MAX_SIGNATURE_BYTES || author.isEmpty()) {
      return false;
    }
    PublicKey key = key(message, author.get());
    return key != null && key.verify(signedBytes(message), signature.toArray());
  }

  /// The author's key; null when there is none or another's: "when present, it must match the peer
  /// ID".
  private static @Nullable PublicKey key(Message message, PeerId author) {
    Bytes attached = message.key();
    try {
      if (attached == null || attached.isEmpty()) {
        return PublicKey.in(author).orElse(null);
      }
      PublicKey key = PublicKey.fromProtobuf(attached);
      return key.peerId().equals(author) ? key : null;
    } catch (MalformedException e) {
      return null;
    }
  }

  private static byte[] signedBytes(Message message) {
    Bytes body = MessageCodec.signedPart(message);
    byte[] bytes = new byte[PREFIX.length + body.size()];
    System.arraycopy(PREFIX, 0, bytes, 0, PREFIX.length);
    body.copyTo(bytes, PREFIX.length);
    return bytes;
  }
}
