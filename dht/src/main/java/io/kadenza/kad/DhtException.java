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

  /// For a caller who was interrupted, and is to know it also after this is caught.
  static DhtException interrupted() {
    Thread.currentThread().interrupt();
    return new DhtException(Reason.INTERRUPTED, "interrupted");
  }

  public Reason reason() {
    return reason;
  }
}
