package io.kadenza.kad.provide;

import io.kadenza.multiformats.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Some keys of a [MemoryKeystore], sorted by where they lie in the keyspace, packed into one
/// array. Each is the first 64 bits of its point, the second in which the network was told of it (0
/// while it is waiting), its length, and its bytes. A key is named by its offset.
final class KeyShelf {
  private static final int TOLD = 8;
  private static final int LENGTH = 12;
  private static final int HEADER = 13;
  private static final byte[] NOTHING = {};

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] data = NOTHING;
  private int waiting;

  int bytes() {
    return data.length;
  }

  /// How many of its keys are waiting.
  int waiting() {
    return waiting;
  }

  int next(int at) {
    return at + HEADER + (data[at + LENGTH] & 0xff);
  }

  long point(int at) {
    return (long) LONG.get(data, at);
  }

  int told(int at) {
    return (int) INT.get(data, at + TOLD);
  }

  void told(int at, int seconds) {
    waiting += (seconds == 0 ? 1 : 0) - (told(at) == 0 ? 1 : 0);
    INT.set(data, at + TOLD, seconds);
  }

  Bytes key(int at) {
    return Bytes.of(data, at + HEADER, data[at + LENGTH] & 0xff);
  }

  /// Where a key is; `-1 - offset` if it is not there but belongs there.
  int find(long point, Bytes key) {
    int at = 0;
    while (at < data.length) {
      int order = compare(at, point, key);
      if (order >= 0) {
        return order == 0 ? at : -1 - at;
      }
      at = next(at);
    }
    return -1 - at;
  }

  /// Compares the key at an offset with another: by their points, then, for what is all but
  /// impossible, by themselves.
  int compare(int at, long point, Bytes key) {
    int order = Long.compareUnsigned(point(at), point);
    return order != 0 ? order : key(at).compareTo(key);
  }

  /// Puts in a key, as a waiting one; false if it is there.
  boolean insert(long point, Bytes key) {
    int found = find(point, key);
    if (found >= 0) {
      return false;
    }
    int at = -1 - found;
    int length = HEADER + key.size();
    byte[] grown = Arrays.copyOf(data, data.length + length);
    System.arraycopy(data, at, grown, at + length, data.length - at);
    LONG.set(grown, at, point);
    INT.set(grown, at + TOLD, 0);
    grown[at + LENGTH] = (byte) key.size();
    key.copyTo(grown, at + HEADER);
    data = grown;
    waiting++;
    return true;
  }

  void delete(int at) {
    waiting -= told(at) == 0 ? 1 : 0;
    int next = next(at);
    byte[] shrunk = Arrays.copyOf(data, data.length - (next - at));
    System.arraycopy(data, next, shrunk, at, data.length - next);
    data = shrunk;
  }

  /// Takes out everything from a point on.
  KeyShelf split(long from) {
    int at = 0;
    int stay = 0;
    while (at < data.length && Long.compareUnsigned(point(at), from) < 0) {
      stay += told(at) == 0 ? 1 : 0;
      at = next(at);
    }
    var rest = new KeyShelf();
    rest.data = Arrays.copyOfRange(data, at, data.length);
    rest.waiting = waiting - stay;
    data = Arrays.copyOf(data, at);
    waiting = stay;
    return rest;
  }
}
