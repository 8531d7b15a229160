package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import java.util.random.RandomGenerator;

/// Keys to ask for when a bucket wants filling. Since what is asked for is hashed by whoever
/// answers, a key for a given region has to be searched for; one for each of the 65,536 prefixes of
/// 16 bits is kept.
public final class RefreshKeys {
  /// Buckets beyond this have no key of their own: the walk to ourselves fills them.
  public static final int MAX_PREFIX = 15;

  /// Up to here a key is found by trying 256 or less: no network of less than some thousand peers
  /// needs the search below, which takes a fifth of a second.
  private static final int MAX_TRIED = 7;

  /// Up to here some thousand hashes find a key under a prefix, which takes a millisecond.
  private static final int MAX_TRIED_PREFIX = 12;

  private static final int PREFIX_BITS = 16;
  private static final int SHA2_256_MULTIHASH_BYTES = 34;

  private RefreshKeys() {}

  /// A key, in the form of a peer id, whose hash shares exactly `prefixLength` leading bits with
  /// `self`.
  public static Bytes inBucket(KadKey self, int prefixLength, RandomGenerator random) {
    if (prefixLength < 0 || prefixLength > MAX_PREFIX) {
      throw new IllegalArgumentException("a prefix has 0.." + MAX_PREFIX + " bits");
    }
    if (prefixLength <= MAX_TRIED) {
      return tryOut(self, prefixLength, random);
    }
    int own = (int) (self.high() >>> (64 - PREFIX_BITS));
    int differing = 1 << (PREFIX_BITS - 1 - prefixLength);
    int free = differing - 1;
    int prefix = ((own ^ differing) & ~free) | (random.nextInt() & free);
    return key(Preimages.OF_PREFIX[prefix]);
  }

  /// A key whose hash may be anywhere.
  public static Bytes anywhere(RandomGenerator random) {
    return key(random.nextInt());
  }

  /// A key whose hash begins like a number of 16 bits.
  ///
  /// @param bits how many of them count, 0..16; the others are random
  public static Bytes under(int prefix, int bits, RandomGenerator random) {
    int free = (1 << (PREFIX_BITS - bits)) - 1;
    if (bits > MAX_TRIED_PREFIX) {
      return key(Preimages.OF_PREFIX[(prefix & ~free) | (random.nextInt() & free)]);
    }
    while (true) {
      Bytes key = key(random.nextInt());
      if (((prefixOf(key) ^ prefix) & ~free) == 0) {
        return key;
      }
    }
  }

  private static int prefixOf(Bytes key) {
    return (int) (KadKey.of(key).high() >>> (64 - PREFIX_BITS));
  }

  private static Bytes tryOut(KadKey self, int prefixLength, RandomGenerator random) {
    while (true) {
      Bytes key = key(random.nextInt());
      if (self.commonPrefixLength(KadKey.of(key)) == prefixLength) {
        return key;
      }
    }
  }

  private static Bytes key(int number) {
    byte[] multihash = new byte[SHA2_256_MULTIHASH_BYTES];
    multihash[0] = 0x12;
    multihash[1] = 0x20;
    for (int i = 0; i < 4; i++) {
      multihash[2 + i] = (byte) (number >>> (24 - 8 * i));
    }
    return Bytes.wrap(multihash);
  }

  /// For each prefix the first number whose key has it. Found by trying about 800,000 numbers,
  /// once, when the first of these buckets is refreshed.
  private static final class Preimages {
    static final int[] OF_PREFIX = search();

    private static int[] search() {
      int[] found = new int[1 << PREFIX_BITS];
      boolean[] known = new boolean[1 << PREFIX_BITS];
      int missing = found.length;
      for (int number = 0; missing > 0; number++) {
        int prefix = prefixOf(key(number));
        if (!known[prefix]) {
          known[prefix] = true;
          found[prefix] = number;
          missing--;
        }
      }
      return found;
    }
  }
}
