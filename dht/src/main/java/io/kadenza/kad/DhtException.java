package io.kadenza.kad;

/// An operation could not be carried through: the DHT was closed under it, or the caller was
/// interrupted, whose flag is set then. Not finding something, and running out of time, are results
/// and not exceptions.
public final class DhtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why nothing more comes of an operation.
  public enum Reason {
    /// The DHT was closed, or has ended in an error.
    CLOSED,
    /// The caller's thread was interrupted.
    INTERRUPTED
  }

  private final Reason reason;

  DhtException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
