package io.kadenza.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One conversation with a peer: an ordered pair of byte sequences that read and write like a file.
///
/// The calls block the calling (virtual) thread; one thread may read while another writes. Every
/// wait ends at the stream's deadline, by default [Limits#streamTimeout] per call. All failures are
/// [StreamException]s.
public interface Stream extends AutoCloseable {

  /// The connection that carries the stream.
  Connection connection();

  /// The protocol agreed on, such as `/ipfs/ping/1.0.0`. On an outbound stream with a single
  /// proposal it is the proposal, before the peer has confirmed it.
  String protocol();

  Direction direction();

  /// Reads at least one byte unless the peer has finished.
  ///
  /// @return the number of bytes read, or -1 at the end
  int read(byte[] into, int offset, int length);

  /// Reads exactly `length` bytes.
  ///
  /// @return false if the peer finished before the first of them
  /// @throws StreamException [StreamException.Reason#MALFORMED] if it finished between
  boolean readFully(byte[] into, int offset, int length);

  /// Reads one frame: an unsigned varint length, then as many bytes.
  ///
  /// @param max the largest acceptable body; memory grows with what arrives, not with what is
  ///   announced
  /// @return the body, or null at the end
  byte @Nullable [] readFrame(int max);

  /// Queues bytes for the peer; waits while more than the stream's send buffer is under way.
  void write(byte[] bytes, int offset, int length);

  /// Writes one frame: an unsigned varint length, then `body`, in one piece.
  void writeFrame(byte[] body);

  /// Says that nothing more will be written. Idempotent.
  void closeWrite();

  /// Abandons the stream in both directions and tells the peer so. Idempotent.
  void reset();

  /// Sets how long each following read or write may wait.
  void timeout(Duration perCall);

  /// Ends the stream gracefully: what was written is still delivered, what comes is dropped.
  /// Idempotent.
  @Override
  void close();
}
