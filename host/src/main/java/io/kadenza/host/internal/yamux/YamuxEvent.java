package io.kadenza.host.internal.yamux;

/// What arrived on a Yamux connection, in the order it arrived. Stream ids are unsigned 32-bit
/// numbers.
public sealed interface YamuxEvent {

  /// The remote opened a stream.
  record Opened(int stream) implements YamuxEvent {}

  /// Payload for a stream: a view into the caller's own receive buffer, valid until that buffer is
  /// used again. The receiver owes [Yamux#consumed] for these bytes once the application has taken
  /// them.
  @SuppressWarnings("ArrayRecordComponent") // a view that lives for one call, never compared
  record Data(int stream, byte[] buf, int off, int len) implements YamuxEvent {}

  /// The remote will send no more on this stream (a half-close).
  record Finished(int stream) implements YamuxEvent {}

  /// The stream is gone in both directions: the remote reset it, or this side had to.
  record Reset(int stream) implements YamuxEvent {}

  /// The remote's window opened after a write that was cut short.
  record Writable(int stream) implements YamuxEvent {}

  /// The remote accepts no more streams; the open ones go on. Codes: 0 normal, 1 protocol error, 2
  /// internal error.
  record GoneAway(int code) implements YamuxEvent {}

  /// One of our pings was answered.
  record Pong(long rttNanos) implements YamuxEvent {}
}
