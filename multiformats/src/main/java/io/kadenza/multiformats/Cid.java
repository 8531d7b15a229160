package io.kadenza.multiformats;

import java.nio.ByteBuffer;

/// A content identifier: what the bytes are (codec) and their hash (CID specification).
///
/// Version 0 is a bare sha2-256 multihash of a dag-pb block, spelled in base58btc; version 1 says
/// its codec and its base. CIDs of different versions are different values even when they name the
/// same block.
public final class Cid {
  public static final long RAW = 0x55;
  public static final long DAG_PB = 0x70;
  public static final long LIBP2P_KEY = 0x72;

  /// The length of a version 0 CID in text and in bytes: "Qm" and 44 more characters of base58btc.
  private static final int V0_CHARS = 46;

  private static final int V0_BYTES = 34;

  /// A version, a codec and the largest multihash in the wordiest base (base2) still fit.
  private static final int MAX_CHARS = 2048;

  private final int version;
  private final long codec;
  private final Multihash multihash;
  private final Bytes bytes;

  private Cid(int version, long codec, Multihash multihash) {
    this.version = version;
    this.codec = codec;
    this.multihash = multihash;
    this.bytes = version == 0 ? multihash.bytes() : prefixed(codec, multihash.bytes());
  }

  private static Bytes prefixed(long codec, Bytes multihash) {
    byte[] all = new byte[1 + Varint.size(codec) + multihash.size()];
    int at = Varint.put(all, Varint.put(all, 0, 1), codec);
    multihash.copyTo(all, at);
    return Bytes.wrap(all);
  }

  /// A version 1 CID.
  ///
  /// @param codec the multicodec of what is addressed, such as [#DAG_PB]
  public static Cid v1(long codec, Multihash multihash) {
    return new Cid(1, codec, multihash);
  }

  /// The version 0 CID of a dag-pb block; `multihash` must be a whole sha2-256.
  public static Cid v0(Multihash multihash) {
    if (!multihash.isFullSha256()) {
      throw new MalformedException("a version 0 CID needs a whole sha2-256; use version 1");
    }
    return new Cid(0, DAG_PB, multihash);
  }

  /// Reads a CID of either version from text.
  public static Cid parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new MalformedException("CID of " + text.length() + " characters; at most " + MAX_CHARS);
    }
    try {
      if (text.length() == V0_CHARS && text.startsWith("Qm")) {
        return v0(Multihash.parse(Base58.decode(text)));
      }
      byte[] binary = Multibase.decodeAny(text);
      if (isV0(binary)) {
        throw new MalformedException("a version 0 CID takes no multibase prefix");
      }
      return of(binary);
    } catch (MalformedException e) {
      throw new MalformedException(
          "not a CID: " + MalformedException.quote(text) + " (" + e.getMessage() + ")");
    }
  }

  /// Reads a CID of either version from its binary form.
  public static Cid of(byte[] bytes) {
    if (isV0(bytes)) {
      return v0(Multihash.parse(bytes));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long version = Varint.read(in);
    if (version != 1) {
      throw MalformedException.onWire("CID version " + version + "; known are 0 and 1");
    }
    long codec = Varint.read(in);
    Multihash multihash = Multihash.read(in);
    if (in.hasRemaining()) {
      throw MalformedException.onWire(in.remaining() + " bytes follow the CID");
    }
    return v1(codec, multihash);
  }

  /// "If it's 34 bytes long with the leading bytes [0x12, 0x20, ...], it's a CIDv0."
  private static boolean isV0(byte[] bytes) {
    return bytes.length == V0_BYTES && bytes[0] == 0x12 && bytes[1] == 0x20;
  }

  public int version() {
    return version;
  }

  /// The multicodec of the content, such as [#DAG_PB] or [#RAW].
  public long codec() {
    return codec;
  }

  public Multihash multihash() {
    return multihash;
  }

  public Bytes bytes() {
    return bytes;
  }

  /// The version 1 CID of the same content.
  public Cid toV1() {
    return version == 1 ? this : v1(codec, multihash);
  }

  /// The customary spelling: base58btc without a prefix for version 0, base32 for version 1.
  @Override
  public String toString() {
    return version == 0 ? Base58.encode(bytes.array()) : toString(Multibase.BASE32);
  }

  /// The spelling in `base`. Version 0 has only one, base58btc without a prefix; ask [#toV1] for
  /// others.
  public String toString(Multibase base) {
    if (version == 1) {
      return base.encode(bytes.array());
    }
    if (base != Multibase.BASE58_BTC) {
      throw new IllegalArgumentException("a version 0 CID is always base58btc; call toV1() first");
    }
    return toString();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Cid other && bytes.equals(other.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }
}
