package io.kadenza.crypto.primitive;

/// The other side's bytes did not authenticate: a wrong tag, or a key share that fixes the secret.
///
/// Whoever catches it closes the connection. It carries no stack trace, because a peer can cause as
/// many of them as it can send frames.
public final class AuthenticationFailure extends RuntimeException {
  public AuthenticationFailure(String message) {
    super(message, null, false, false);
  }
}
