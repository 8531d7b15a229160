package io.kadenza.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads SQLite's write-ahead log (sqlite.org, "WAL-mode File Format") for one question: does it
/// end where a crash would have cut it off, or is it damaged in its middle?
///
/// SQLite itself ignores everything behind the first frame that does not add up, which is right
/// after a crash: each commit is on the disk before the next one begins, so that nothing but the
/// last can be incomplete. When two or more commits lie behind the bad frame, one of them was
/// acknowledged.
final class Journal {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;

  /// The lowest bit tells the order of the bytes within the words that are added up.
  private static final int MAGIC = 0x377f0682;

  private static final int MAX_PAGE_BYTES = 65_536;

  private final FileChannel channel;
  private int pageBytes;
  private long salts;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private int sum1;
  private int sum2;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /// Whether the journal of a database has lost something that was committed. No journal has not.
  static boolean isDamaged(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) <= HEADER_BYTES) {
      return false;
    }
    try (var channel = FileChannel.open(file)) {
      return new Journal(channel).isDamaged();
    }
  }

  private boolean isDamaged() throws IOException {
    if (!readHeader()) {
      return true;
    }
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + pageBytes);
    boolean whole = true;
    int commitsBehind = 0;
    for (long at = HEADER_BYTES; read(frame, at); at += frame.capacity()) {
      boolean ofThisTime = frame.getLong(8) == salts;
      whole = whole && ofThisTime && addsUp(frame);
      boolean isCommit = frame.getInt(4) != 0;
      if (!whole && ofThisTime && isCommit) {
        commitsBehind++;
      }
    }
    return commitsBehind > 1;
  }

  private boolean readHeader() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    if (!read(header, 0)) {
      return false;
    }
    int magic = header.getInt(0);
    pageBytes = header.getInt(8);
    salts = header.getLong(16);
    order = (magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    add(header, 0, HEADER_BYTES - 8);
    return (magic & ~1) == MAGIC
        && Integer.bitCount(pageBytes) == 1
        && pageBytes >= 512
        && pageBytes <= MAX_PAGE_BYTES
        && header.getInt(24) == sum1
        && header.getInt(28) == sum2;
  }

  /// "The first 8 bytes of the frame header and the content of the frame", on top of all before.
  private boolean addsUp(ByteBuffer frame) {
    add(frame, 0, 8);
    add(frame, FRAME_HEADER_BYTES, pageBytes);
    return frame.getInt(16) == sum1 && frame.getInt(20) == sum2;
  }

  private void add(ByteBuffer bytes, int offset, int length) {
    ByteBuffer words = bytes.duplicate().order(order);
    for (int at = offset; at < offset + length; at += 8) {
      sum1 += words.getInt(at) + sum2;
      sum2 += words.getInt(at + 4) + sum1;
    }
  }

  /// Fills the buffer; false if the file ends before.
  private boolean read(ByteBuffer buffer, long at) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }
}
