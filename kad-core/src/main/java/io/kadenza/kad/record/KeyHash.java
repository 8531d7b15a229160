package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF"):
/// stands for a key of up to [ProviderLimits#MAX_KEY_BYTES] bytes. Whoever does not know the seed
/// can neither find two keys with one hash nor choose where a key falls, so a table of hashes needs
/// not keep the keys. Confined to its store's thread: the result of [#of] is read off it.
final class KeyHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long seed0;
  private final long seed1;
  private final byte[] block = new byte[(ProviderLimits.MAX_KEY_BYTES / 8 + 1) * 8];

  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long high;
  private long low;

  KeyHash(long seed0, long seed1) {
    this.seed0 = seed0;
    this.seed1 = seed1;
  }

  /// Hashes a key; [#high] and [#low] have the result until the next call.
  KeyHash of(Bytes key) {
    int size = key.size();
    int end = size / 8 * 8;
    LONGS.set(block, end, 0L);
    key.copyTo(block, 0);
    v0 = seed0 ^ 0x736f6d6570736575L;
    v1 = seed1 ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = seed0 ^ 0x6c7967656e657261L;
    v3 = seed1 ^ 0x7465646279746573L;
    for (int at = 0; at < end; at += 8) {
      take((long) LONGS.get(block, at));
    }
    take((long) LONGS.get(block, end) | (long) size << 56);
    v2 ^= 0xee;
    low = finish();
    v1 ^= 0xdd;
    high = finish();
    return this;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  private void take(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private long finish() {
    round();
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
