package io.kadenza.kad.key;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/// A point of the 256-bit keyspace. Never to be mistaken for what it was hashed from: "the distance
/// between two keys is XOR(sha256(key1), sha256(key2))" (kad-dht, "Distance"), so every peer id and
/// every record key is hashed before it is compared.
public final class KadKey {
  public static final int BITS = 256;
  public static final int BYTES = 32;

  /// Only ever copied.
  private static final MessageDigest UNUSED = find();

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private KadKey(long a, long b, long c, long d) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /// Where a peer lives: the hash of its id in binary.
  public static KadKey of(PeerId peer) {
    return of(peer.bytes());
  }

  /// Where a record key, of any bytes, lives.
  public static KadKey of(Bytes key) {
    return ofDigest(sha256().digest(key.toArray()));
  }

  /// The point with these coordinates, 32 bytes, the most significant first. Hashes nothing.
  public static KadKey ofDigest(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + digest.length);
    }
    return new KadKey(read(digest, 0), read(digest, 8), read(digest, 16), read(digest, 24));
  }

  /// A fresh digest. Copying one costs a third of asking the providers for it, and every peer that
  /// anybody names is hashed.
  private static MessageDigest sha256() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return find();
    }
  }

  private static MessageDigest find() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static long read(byte[] from, int at) {
    long value = 0;
    for (int i = at; i < at + 8; i++) {
      value = value << 8 | (from[i] & 0xff);
    }
    return value;
  }

  /// Which of two points is closer to this one: negative for `x`, positive for `y`, zero only if
  /// they are the same point, because for a given point and distance there is exactly one other.
  @SuppressWarnings("ReferenceEquality")
  public int compareDistance(KadKey x, KadKey y) {
    if (x == y) {
      return 0; // Seen without a look at them.
    }
    if (x.a != y.a) {
      return Long.compareUnsigned(x.a ^ a, y.a ^ a);
    }
    if (x.b != y.b) {
      return Long.compareUnsigned(x.b ^ b, y.b ^ b);
    }
    if (x.c != y.c) {
      return Long.compareUnsigned(x.c ^ c, y.c ^ c);
    }
    return Long.compareUnsigned(x.d ^ d, y.d ^ d);
  }

  /// How far the other point is.
  public Distance distance(KadKey other) {
    return new Distance(a ^ other.a, b ^ other.b, c ^ other.c, d ^ other.d);
  }

  /// How many leading bits the two share, 256 if they are equal.
  public int commonPrefixLength(KadKey other) {
    if (a != other.a) {
      return Long.numberOfLeadingZeros(a ^ other.a);
    }
    if (b != other.b) {
      return 64 + Long.numberOfLeadingZeros(b ^ other.b);
    }
    if (c != other.c) {
      return 128 + Long.numberOfLeadingZeros(c ^ other.c);
    }
    return d == other.d ? BITS : 192 + Long.numberOfLeadingZeros(d ^ other.d);
  }

  /// The bit at `index`, counted from the most significant.
  public boolean bit(int index) {
    long word =
        switch (index >>> 6) {
          case 0 -> a;
          case 1 -> b;
          case 2 -> c;
          case 3 -> d;
          default -> throw new IndexOutOfBoundsException("bit " + index + " of " + BITS);
        };
    return (word >>> (63 - (index & 63)) & 1) != 0;
  }

  /// A random point that shares exactly `prefixLength` leading bits with this one.
  public KadKey beyond(int prefixLength, RandomGenerator random) {
    long[] words = {a, b, c, d};
    int word = prefixLength >>> 6;
    long bit = Long.MIN_VALUE >>> (prefixLength & 63);
    words[word] ^= bit | (random.nextLong() & (bit - 1));
    return new KadKey(words[0], words[1], words[2], words[3]);
  }

  /// The first 64 bits, for those who estimate densities.
  public long high() {
    return a;
  }

  /// The coordinates, the most significant byte first.
  public Bytes bytes() {
    byte[] out = new byte[BYTES];
    write(a, out, 0);
    write(b, out, 8);
    write(c, out, 16);
    write(d, out, 24);
    return Bytes.wrap(out);
  }

  private static void write(long value, byte[] to, int at) {
    for (int i = 0; i < 8; i++) {
      to[at + i] = (byte) (value >>> (56 - 8 * i));
    }
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || (o instanceof KadKey other
            && a == other.a
            && b == other.b
            && c == other.c
            && d == other.d);
  }

  /// A key is a hash already, but which 32 of its bits are ground is up to its owner: mix all of
  /// them.
  @Override
  public int hashCode() {
    return Long.hashCode(
        a ^ Long.rotateLeft(b, 13) ^ Long.rotateLeft(c, 29) ^ Long.rotateLeft(d, 43));
  }

  /// Hexadecimal, as the specification's examples are written.
  @Override
  public String toString() {
    return bytes().toHex();
  }
}
