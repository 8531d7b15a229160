package io.kadenza.host.internal.noise;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// An encrypted channel to a peer whose identity is proven. Confined to the connection's event
/// loop.
public final class NoiseSession {

  private NoiseSession() {}

  public PublicKey remoteKey() {
    throw new IllegalStateException();
  }

  public PeerId remotePeer() {
    throw new IllegalStateException();
  }

  /// The muxer agreed on inside the handshake, when both sides named some.
  public Optional<String> muxer() {
    return Optional.empty();
  }

  /// Encrypts everything in `plain` into as few frames as possible at the end of `cipher`.
  public void seal(OutBuffer plain, OutBuffer cipher) {}

  /// Takes bytes from the remote, decrypts every whole frame in place and hands it on.
  ///
  /// @throws NoiseException when a frame was altered; the session is over
  public void receive(byte[] buf, int off, int len, Plaintext sink) {}
}
