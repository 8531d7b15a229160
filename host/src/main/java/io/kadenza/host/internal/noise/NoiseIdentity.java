package io.kadenza.host.internal.noise;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.primitive.CryptoSuite;

/// The host's static Noise key and the proof that it belongs to the host's identity: made once,
/// shared by all connections.
public final class NoiseIdentity {

  private NoiseIdentity() {}

  public static NoiseIdentity create(Identity identity, CryptoSuite crypto) {
    return new NoiseIdentity();
  }
}
