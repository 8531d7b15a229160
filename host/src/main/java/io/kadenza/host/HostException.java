package io.kadenza.host;

/// What can go wrong between this host and a peer. The message says what to fix where the user can.
public sealed class HostException extends RuntimeException
    permits DialException, ListenException, StreamException {
  private static final long serialVersionUID = 1L;

  HostException(String message) {
    super(message);
  }

  HostException(String message, Throwable cause) {
    super(message, cause);
  }
}
