package io.kadenza.host;

/// An address could not be listened on: in use, not ours, or of a transport that the host lacks.
public final class ListenException extends HostException {
  private static final long serialVersionUID = 1L;

  public ListenException(String message) {
    super(message);
  }

  public ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
