package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message as it travels. Which fields are there is part of what its author signed, so an absent
/// field (null) and an empty one are told apart, and fields that we do not know are kept: "the
/// signature is computed over the marshalled message … including any fields that are not
/// recognized".
///
/// Nothing here is believed yet: a relay forwards what other people's software let pass, so a
/// strange message is refused by itself and must not cost the relay its stream.
///
/// @param from the author's peer id
/// @param seqno the author's counter, 8 bytes, big-endian
/// @param topic empty when the sender left it out
/// @param key the author's public key, for peer ids that do not carry it
/// @param unrecognized the fields that we do not know, as they were encoded
public record Message(
    @Nullable Bytes from,
    @Nullable Bytes data,
    @Nullable Bytes seqno,
    String topic,
    @Nullable Bytes signature,
    @Nullable Bytes key,
    Bytes unrecognized) {

  /// The room that a message takes beside its data, for accounts of memory: objects and small
  /// fields.
  private static final int OVERHEAD_BYTES = 512;

  /// The author, if `from` is there and is a peer id.
  public Optional<PeerId> author() {
    if (from == null || from.size() > PeerIdBounds.MAX_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(PeerId.of(from.toArray()));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /// The payload; empty when the field is absent.
  public Bytes payload() {
    return data == null ? Bytes.EMPTY : data;
  }

  /// About how many bytes of memory the message takes.
  public int footprint() {
    return OVERHEAD_BYTES
        + size(from)
        + size(data)
        + size(seqno)
        + topic.length()
        + size(signature)
        + size(key)
        + unrecognized.size();
  }

  private static int size(@Nullable Bytes field) {
    return field == null ? 0 : field.size();
  }

  private static final class PeerIdBounds {
    /// A multihash of an inlined key of 42 bytes has 44; the rest is room for longer prefixes.
    static final int MAX_BYTES = 64;
  }
}
