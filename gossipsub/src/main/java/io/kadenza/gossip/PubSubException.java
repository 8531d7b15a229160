package io.kadenza.gossip;

/// An operation could not be carried through: pub/sub was closed under it, the caller was
/// interrupted, or this machine is too busy to answer. Reaching nobody is a result and not an
/// exception.
public final class PubSubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PubSubException(String message) {
    super(message);
  }
}
