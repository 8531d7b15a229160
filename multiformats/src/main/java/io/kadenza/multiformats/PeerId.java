package io.kadenza.multiformats;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who a peer is: the multihash of its public key (libp2p specs, peer-ids).
///
/// "Keys of at most 42 bytes are encoded with the identity multihash, longer ones with sha2-256";
/// anything else is refused.
public final class PeerId implements Comparable<PeerId> {
  /// The longest serialized public key that a peer id carries in itself.
  public static final int MAX_INLINE_KEY_BYTES = 42;

  /// The longest binary form: an inlined key after its hash code and length.
  public static final int MAX_BYTES = 2 + MAX_INLINE_KEY_BYTES;

  /// CIDv1 of an inlined key in the wordiest base.
  private static final int MAX_CHARS = 512;

  private final Bytes bytes;

  /// Beside the bytes, so that ids are told apart without a look at them.
  private final int hash;

  /// Null until first asked for. Racing threads compute equal strings.
  private @Nullable String base58;

  private PeerId(Bytes bytes) {
    this.bytes = bytes;
    this.hash = bytes.hashCode();
  }

  /// Reads either spelling: the multihash in base58btc ("12D3Koo…", "16Uiu2…", "Qm…") or a version
  /// 1 CID with the codec `libp2p-key` in any multibase.
  public static PeerId parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new MalformedException(
          "peer id of " + text.length() + " characters; at most " + MAX_CHARS);
    }
    try {
      // "If it starts with 1 or Qm, it's a bare base58btc-encoded multihash", otherwise a CID.
      return text.startsWith("1") || text.startsWith("Qm")
          ? of(Multihash.parse(Base58.decode(text)))
          : of(Cid.parse(text));
    } catch (MalformedException e) {
      throw new MalformedException(
          "not a peer id: "
              + MalformedException.quote(text)
              + " ("
              + e.getMessage()
              + "); expected the like of 12D3Koo…, 16Uiu2…, Qm… or a libp2p-key CID");
    }
  }

  /// Reads the binary form, a multihash.
  public static PeerId of(byte[] multihash) {
    return of(Multihash.parse(multihash));
  }

  /// Reads the binary form, a multihash.
  public static PeerId of(Bytes multihash) {
    return of(multihash.array());
  }

  /// The id of the peer whose public key, in libp2p's protobuf serialization, is given.
  public static PeerId ofPublicKey(byte[] publicKeyProtobuf) {
    return of(
        publicKeyProtobuf.length <= MAX_INLINE_KEY_BYTES
            ? Multihash.identity(publicKeyProtobuf)
            : Multihash.sha256(publicKeyProtobuf));
  }

  private static PeerId of(Cid cid) {
    if (cid.codec() != Cid.LIBP2P_KEY) {
      throw new MalformedException("the CID's codec is not libp2p-key (0x72)");
    }
    return of(cid.multihash());
  }

  private static PeerId of(Multihash multihash) {
    if (multihash.isFullSha256()) {
      return new PeerId(multihash.bytes());
    }
    if (multihash.code() != Multihash.IDENTITY) {
      throw MalformedException.onWire("a peer id is an identity or a whole sha2-256 multihash");
    }
    int size = multihash.digestSize();
    if (size == 0 || size > MAX_INLINE_KEY_BYTES) {
      throw MalformedException.onWire(
          "a peer id inlines a key of 1 to " + MAX_INLINE_KEY_BYTES + " bytes, not " + size);
    }
    return new PeerId(multihash.bytes());
  }

  /// The binary form, as it travels in messages.
  public Bytes bytes() {
    return bytes;
  }

  public Multihash multihash() {
    return Multihash.parse(bytes.array());
  }

  /// The spelling as a version 1 CID.
  public Cid toCid() {
    return Cid.v1(Cid.LIBP2P_KEY, multihash());
  }

  /// The serialized public key, when the id carries it.
  public Optional<Bytes> inlinePublicKey() {
    Multihash hash = multihash();
    return hash.code() == Multihash.IDENTITY ? Optional.of(hash.digest()) : Optional.empty();
  }

  /// The last eight characters of the base58 spelling, for logs: the first ones are alike for all
  /// peers.
  public String shortName() {
    String all = toString();
    return all.substring(Math.max(0, all.length() - 8));
  }

  /// The multihash in base58btc.
  @Override
  public String toString() {
    String text = base58;
    if (text == null) {
      text = Base58.encode(bytes.array());
      base58 = text;
    }
    return text;
  }

  /// By the bytes of the multihash; this is not the DHT's distance.
  @Override
  public int compareTo(PeerId other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || (o instanceof PeerId other && hash == other.hash && bytes.equals(other.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
