package io.kadenza.host.internal.net;

import io.kadenza.host.StreamException;

/// Where a stream's inbound bytes go. Called in the connection's event loop; must not block.
public interface StreamSink {

  /// Takes received bytes, valid during the call only. Whatever the sink is done with it credits by
  /// [MuxedStream#consumed], which is what lets the peer send more.
  void data(byte[] buffer, int offset, int length);

  /// The peer will send nothing more.
  void finished();

  /// The stream is over, for both directions.
  void failed(StreamException why);

  /// Queued bytes went out; there is room for more.
  default void writable() {}

  /// Somebody has called [MuxedStream#nudge].
  default void attended() {}

  /// Bytes of memory that the sink takes for what is not through yet.
  default int heldBytes() {
    return 0;
  }

  /// Whether the sink has waited for the peer too long, as of `nowNanos`; then the stream is reset.
  default boolean overdue(long nowNanos) {
    return false;
  }
}
