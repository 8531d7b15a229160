package io.kadenza.host.internal.yamux;

/// The connection cannot go on; whatever waits in the output (a GOAWAY, where the remote broke the
/// rules) may still be sent.
public final class YamuxException extends RuntimeException {

  /// Whose fault it is.
  public enum Kind {
    /// The remote broke the protocol.
    PROTOCOL,
    /// The remote answered nothing for longer than the ping timeout.
    TIMEOUT,
    /// The remote asks for answers and does not read them.
    NOT_READING
  }

  private final Kind kind;

  YamuxException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
