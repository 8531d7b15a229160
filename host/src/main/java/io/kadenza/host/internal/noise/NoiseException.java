package io.kadenza.host.internal.noise;

/// The secure channel cannot be made, or cannot go on: close the connection without another byte.
public final class NoiseException extends RuntimeException {

  /// What went wrong.
  public enum Kind {
    /// Bytes that are not the protocol's.
    MALFORMED,
    /// A message that was not made with the keys it claims, or was altered on its way.
    AUTHENTICATION,
    /// A proven identity, but not the one that was dialled.
    WRONG_PEER,
    /// Both sides name their muxers and share none.
    NO_COMMON_MUXER,
    /// All nonces of the session are used.
    EXHAUSTED,
    /// The machine had failed before.
    CLOSED
  }

  private final Kind kind;

  NoiseException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
