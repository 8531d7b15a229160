package io.kadenza.kad.engine;

/// Why a request got no answer.
public enum RpcFailure {
  /// No connection could be made.
  UNREACHABLE,
  /// The peer does not speak the protocol (any more).
  UNSUPPORTED,
  /// The peer reset or closed the stream instead of answering: it refuses the request.
  REFUSED,
  /// The answer did not come in time.
  TIMED_OUT,
  /// The answer breaks the format or answers something else.
  MALFORMED,
  /// The connection broke while waiting.
  DISCONNECTED,
  /// We did not send it: a local limit.
  OVERLOADED
}
