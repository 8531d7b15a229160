package io.kadenza.gossip;

/// An operation could not be carried through: pub/sub was closed under it, the caller was
/// interrupted, or this machine is too busy to answer. Reaching nobody is a result and not an
/// exception.
public final class PubSubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Why an operation could not be carried through.
  public enum Reason {
    /// Pub/sub was closed, or has ended in an error.
    CLOSED,
    /// The caller's thread was interrupted.
    INTERRUPTED,
    /// The engine did not answer in time; it may have done what it was asked.
    OVERLOADED
  }

  private final Reason reason;

  PubSubException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
