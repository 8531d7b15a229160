package io.kadenza.multiformats;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A digest that says which hash function made it: code, length, digest (multihash specification).
///
/// Functions whose digest length is fixed are held to it; functions we do not know are carried as
/// they are.
public final class Multihash {
  public static final long IDENTITY = 0x00;
  public static final long SHA1 = 0x11;
  public static final long SHA2_256 = 0x12;
  public static final long SHA2_512 = 0x13;
  public static final long SHA3_512 = 0x14;
  public static final long SHA3_384 = 0x15;
  public static final long SHA3_256 = 0x16;
  public static final long SHA3_224 = 0x17;
  public static final long BLAKE3 = 0x1e;
  public static final long SHA2_384 = 0x20;
  public static final long SHA2_224 = 0x1013;
  private static final long BLAKE2B_8 = 0xb201;
  private static final long BLAKE2B_512 = 0xb240;
  private static final long BLAKE2S_8 = 0xb241;
  private static final long BLAKE2S_256 = 0xb260;

  /// Twice the longest fixed digest in use, and as much as IPFS inlines in an identity hash.
  public static final int MAX_DIGEST_BYTES = 128;

  private static final int ANY_LENGTH = -1;

  private final long code;
  private final Bytes bytes;

  /// Where in the bytes the digest starts.
  private final int digestStart;

  private Multihash(long code, Bytes bytes, int digestStart) {
    this.code = code;
    this.bytes = bytes;
    this.digestStart = digestStart;
  }

  /// The multihash of a digest that is known already.
  ///
  /// @param code the multicodec of the hash function, such as [#SHA2_256]
  /// @throws MalformedException if the digest is longer than [#MAX_DIGEST_BYTES], or is not of the
  ///   length that the function gives
  public static Multihash of(long code, byte[] digest) {
    check(code, digest.length);
    byte[] all = new byte[Varint.size(code) + Varint.size(digest.length) + digest.length];
    int at = Varint.put(all, Varint.put(all, 0, code), digest.length);
    System.arraycopy(digest, 0, all, at, digest.length);
    return new Multihash(code, Bytes.wrap(all), at);
  }

  /// Hashes `data` with SHA-256.
  public static Multihash sha256(byte[] data) {
    try {
      return of(SHA2_256, MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The data itself in place of a digest; at most [#MAX_DIGEST_BYTES].
  public static Multihash identity(byte[] data) {
    return of(IDENTITY, data);
  }

  /// Reads a multihash that fills `bytes`.
  public static Multihash parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Multihash hash = read(in);
    if (in.hasRemaining()) {
      throw MalformedException.onWire(in.remaining() + " bytes follow the multihash");
    }
    return hash;
  }

  /// Reads one multihash at the buffer's position and moves past it.
  static Multihash read(ByteBuffer in) {
    int start = in.position();
    long code = Varint.read(in);
    long length = Varint.read(in);
    check(code, length);
    if (length > in.remaining()) {
      throw MalformedException.onWire(
          "multihash announces " + length + " digest bytes, " + in.remaining() + " follow");
    }
    int digestStart = in.position() - start;
    byte[] all = new byte[digestStart + (int) length];
    in.get(start, all).position(start + all.length);
    return new Multihash(code, Bytes.wrap(all), digestStart);
  }

  private static void check(long code, long length) {
    int full = digestLength(code);
    if (full != ANY_LENGTH && (length < 1 || length > full)) {
      throw MalformedException.onWire(
          name(code) + " has a digest of 1 to " + full + " bytes, not " + length);
    }
    if (length > MAX_DIGEST_BYTES) {
      throw MalformedException.onWire(
          "multihash digest of " + length + " bytes; at most " + MAX_DIGEST_BYTES + " are kept");
    }
  }

  private static int digestLength(long code) {
    if (code >= BLAKE2B_8 && code <= BLAKE2B_512) {
      return (int) (code - BLAKE2B_8 + 1);
    }
    if (code >= BLAKE2S_8 && code <= BLAKE2S_256) {
      return (int) (code - BLAKE2S_8 + 1);
    }
    // BLAKE3 has a default length but may be of any.
    return switch ((int) Math.min(code, Integer.MAX_VALUE)) {
      case (int) SHA1 -> 20;
      case (int) SHA2_224, (int) SHA3_224 -> 28;
      case (int) SHA2_256, (int) SHA3_256 -> 32;
      case (int) SHA2_384, (int) SHA3_384 -> 48;
      case (int) SHA2_512, (int) SHA3_512 -> 64;
      default -> ANY_LENGTH;
    };
  }

  private static String name(long code) {
    return "multihash 0x" + HexFormat.of().toHexDigits(code, 4);
  }

  public long code() {
    return code;
  }

  /// Whether this is a SHA-256 that has not been truncated.
  boolean isFullSha256() {
    return code == SHA2_256 && digestSize() == 32;
  }

  /// A copy of the digest alone.
  public Bytes digest() {
    return bytes.slice(digestStart, bytes.size());
  }

  int digestSize() {
    return bytes.size() - digestStart;
  }

  /// The whole multihash: code, length, digest.
  public Bytes bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Multihash other && bytes.equals(other.bytes);
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /// Hexadecimal, as the specification's examples are written.
  @Override
  public String toString() {
    return bytes.toHex();
  }
}
