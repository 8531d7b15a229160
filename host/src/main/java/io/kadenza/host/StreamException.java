package io.kadenza.host;

/// A stream ended before its conversation did.
public final class StreamException extends HostException {
  private static final long serialVersionUID = 1L;

  /// How the stream ended.
  public enum Reason {
    /// The peer reset it.
    RESET,
    /// The connection under it closed.
    CONNECTION_CLOSED,
    /// This side closed or reset it.
    CLOSED,
    /// The peer does not speak any of the protocols proposed.
    UNSUPPORTED,
    /// A deadline passed.
    TIMEOUT,
    /// The peer broke the protocol's own rules (a frame too large, an end in mid-frame).
    MALFORMED,
    /// Too many streams are open, here or there.
    LIMIT
  }

  private final Reason reason;

  public StreamException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
