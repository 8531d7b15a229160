package io.kadenza.kad.engine;

import io.kadenza.multiformats.PeerInfo;

/// What became of a record at one of the peers that were to take it.
public record PeerOutcome(PeerInfo peer, Result result) {
  public enum Result {
    /// The peer confirmed it.
    STORED,
    /// The request, which has no answer, was written and not rejected (ADD_PROVIDER).
    SENT,
    /// The peer reset the stream or answered with something else than what was sent.
    REFUSED,
    TIMED_OUT,
    UNREACHABLE,
    /// The operation ended before the peer answered.
    ABANDONED,
    /// The operation ended before the peer answered, and the request goes on.
    UNDER_WAY
  }

  static Result resultOf(RpcFailure why) {
    return switch (why) {
      case REFUSED, MALFORMED, UNSUPPORTED -> Result.REFUSED;
      case TIMED_OUT -> Result.TIMED_OUT;
      case UNREACHABLE, DISCONNECTED, OVERLOADED -> Result.UNREACHABLE;
    };
  }

  /// Whether the peer has it, as far as can be known.
  public boolean isStored() {
    return result == Result.STORED || result == Result.SENT;
  }
}
