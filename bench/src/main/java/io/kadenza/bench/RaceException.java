package io.kadenza.bench;

/// A race that cannot be run, or whose figures would mean nothing. The message says why.
public final class RaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RaceException(String message) {
    super(message);
  }

  public RaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
