package io.kadenza.host.internal.bytes;

import java.util.Arrays;
import java.util.Objects;

/// A growing queue of bytes: machines put at the end, the shell drains from the front.
///
/// The bytes waiting are `array()[start() .. start() + size())`; the array changes with the next
/// `put` or `drain`. An empty queue keeps at most 4 KiB, so that an idle connection costs nothing.
/// Confined to one connection's event loop.
public final class OutBuffer {

  /// What an empty queue may keep: enough for a batch of small answers, little enough to have ten
  /// thousand times.
  private static final int KEPT_WHEN_IDLE = 4 << 10;

  private static final int FIRST_CAPACITY = 256;
  private static final byte[] NOTHING = {};

  private final int keptWhenEmpty;
  private byte[] bytes = NOTHING;
  private int start;
  private int end;
  private long drained;

  /// A queue that keeps at most 4 KiB when it is empty.
  public OutBuffer() {
    this(KEPT_WHEN_IDLE);
  }

  /// A queue that keeps at most `keptWhenEmpty` bytes when it is empty, for the few that are shared
  /// by many connections.
  public OutBuffer(int keptWhenEmpty) {
    this.keptWhenEmpty = keptWhenEmpty;
  }

  /// Appends a copy of `len` bytes.
  public void put(byte[] buf, int off, int len) {
    Objects.checkFromIndexSize(off, len, buf.length);
    int at = reserve(len);
    System.arraycopy(buf, off, bytes, at, len);
    end = at + len;
  }

  public void putByte(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
    end = at + 1;
  }

  /// Appends 16 bits, big endian.
  public void putShort(int value) {
    int at = reserve(2);
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
    end = at + 2;
  }

  /// Appends 32 bits, big endian.
  public void putInt(int value) {
    int at = reserve(4);
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
    end = at + 4;
  }

  /// Makes room for `len` more bytes and returns where in [#array()] they may be written; [#commit]
  /// then adds them.
  public int reserve(int len) {
    if (len < 0) {
      throw new IllegalArgumentException("negative length " + len);
    }
    if (len > bytes.length - end) {
      makeRoom(len);
    }
    return end;
  }

  /// Adds `len` bytes written by the caller where [#reserve] said.
  public void commit(int len) {
    Objects.checkFromIndexSize(end, len, bytes.length);
    end += len;
  }

  public int size() {
    return end - start;
  }

  public boolean isEmpty() {
    return end == start;
  }

  /// How much memory the queue holds, whatever waits in it.
  public int capacity() {
    return bytes.length;
  }

  public byte[] array() {
    return bytes;
  }

  /// Index of the first waiting byte in [#array()].
  public int start() {
    return start;
  }

  /// How many bytes have ever left this queue.
  public long drained() {
    return drained;
  }

  /// Drops the first `len` bytes: they have been sent.
  public void drain(int len) {
    Objects.checkIndex(len, size() + 1);
    start += len;
    drained += len;
    if (start == end) {
      trim();
    }
  }

  /// Moves every waiting byte to the end of `target`.
  public void drainTo(OutBuffer target) {
    target.put(bytes, start, size());
    clear();
  }

  /// Drops everything that waits.
  public void clear() {
    drain(size());
  }

  /// Returns a copy of what waits, and drops it.
  public byte[] take() {
    byte[] all = Arrays.copyOfRange(bytes, start, end);
    clear();
    return all;
  }

  /// Gives memory back: an empty queue keeps a small array or none, a filled one moves into an
  /// array of its own size when it uses less than a quarter of what it holds.
  public void trim() {
    int size = size();
    if (size == 0) {
      start = 0;
      end = 0;
      if (bytes.length > keptWhenEmpty) {
        bytes = NOTHING;
      }
    } else if (bytes.length > keptWhenEmpty && size < bytes.length / 4) {
      bytes = Arrays.copyOfRange(bytes, start, end);
      start = 0;
      end = size;
    }
  }

  private void makeRoom(int len) {
    int size = size();
    int wanted = Math.addExact(size, len);
    if (wanted <= bytes.length && start >= bytes.length / 2) {
      System.arraycopy(bytes, start, bytes, 0, size);
    } else {
      byte[] larger = new byte[capacity(wanted)];
      System.arraycopy(bytes, start, larger, 0, size);
      bytes = larger;
    }
    start = 0;
    end = size;
  }

  private int capacity(int wanted) {
    long doubled = Math.max(2L * bytes.length, FIRST_CAPACITY);
    return (int) Math.min(Math.max(doubled, wanted), Math.max(wanted, Integer.MAX_VALUE - 8));
  }
}
