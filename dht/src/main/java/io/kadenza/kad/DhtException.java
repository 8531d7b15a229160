package io.kadenza.kad;

/// An operation could not be carried through: the DHT was closed under it, or the caller was
/// interrupted, whose flag is set then. Not finding something, and running out of time, are results
/// and not exceptions.
public final class DhtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DhtException(String message) {
    super(message);
  }
}
