package io.kadenza.host;

/// A peer could not be reached, or whoever answered was not that peer.
public final class DialException extends HostException {
  private static final long serialVersionUID = 1L;

  /// Why a dial failed, from the dialler's point of view.
  public enum Reason {
    /// No address of the peer is known, or none that this host has a transport for.
    NO_ADDRESS,
    /// Nobody answered: refused, unreachable, or silent.
    UNREACHABLE,
    /// The time allowed ran out.
    TIMEOUT,
    /// Somebody answered, and proved to be another peer than the one dialled.
    WRONG_PEER,
    /// Somebody answered who does not speak what we need (security, muxer), or spoke it wrongly.
    PROTOCOL,
    /// All addresses failed a moment ago; they are left alone until their back-off ends.
    BACKOFF,
    /// The host's own limits, or its closing, forbid the connection.
    REFUSED
  }

  private final Reason reason;

  public DialException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public DialException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
