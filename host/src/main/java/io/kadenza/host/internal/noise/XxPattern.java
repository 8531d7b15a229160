package io.kadenza.host.internal.noise;

import io.kadenza.crypto.primitive.Aead;
import io.kadenza.crypto.primitive.AuthenticationFailure;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.X25519;
import io.kadenza.crypto.primitive.X25519KeyPair;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import java.util.Arrays;
import java.util.function.Supplier;

/// The three messages of the pattern XX (Noise, section 7.5), with any payload:
///
/// ```
/// -> e
/// <- e, ee, s, es
/// -> s, se
/// ```
///
/// The initiator calls [#writeFirst], [#readSecond], [#writeThird]; the responder their
/// counterparts. Owned by one handshake.
final class XxPattern {

  private static final String NAME = "Noise_XX_25519_ChaChaPoly_SHA256";
  private static final int KEY = X25519.KEY_BYTES;
  private static final int SEALED_KEY = KEY + Aead.TAG_BYTES;
  private static final byte[] NONE = {};

  private final X25519 dh;
  private final SymmetricState state;
  private final X25519KeyPair localStatic;
  private final Supplier<X25519KeyPair> ephemerals;
  private byte[] localEphemeral = NONE;
  private byte[] localEphemeralPublic = NONE;
  private byte[] remoteEphemeral = NONE;
  private byte[] remoteStatic = NONE;

  XxPattern(CryptoSuite crypto, X25519KeyPair localStatic) {
    this(crypto, localStatic, crypto.x25519()::generate, NONE);
  }

  XxPattern(
      CryptoSuite crypto,
      X25519KeyPair localStatic,
      Supplier<X25519KeyPair> ephemerals,
      byte[] prologue) {
    this.dh = crypto.x25519();
    this.state = new SymmetricState(NAME, crypto);
    this.localStatic = localStatic;
    this.ephemerals = ephemerals;
    state.mixHash(prologue);
  }

  byte[] writeFirst(byte[] payload) {
    byte[] e = newEphemeral();
    return concat(e, state.encryptAndHash(payload));
  }

  byte[] readFirst(byte[] buf, int off, int len) {
    readEphemeral(buf, off, len);
    return state.decryptAndHash(buf, off + KEY, len - KEY);
  }

  byte[] writeSecond(byte[] payload) {
    byte[] e = newEphemeral();
    mixAgreed(localEphemeral, remoteEphemeral); // ee
    byte[] s = state.encryptAndHash(localStatic.publicKey());
    mixAgreed(localStatic.privateKey(), remoteEphemeral); // es
    return concat(e, s, state.encryptAndHash(payload));
  }

  byte[] readSecond(byte[] buf, int off, int len) {
    require(len >= KEY + SEALED_KEY);
    readEphemeral(buf, off, len);
    if (Arrays.equals(remoteEphemeral, localEphemeralPublic)) {
      throw new NoiseException(Kind.AUTHENTICATION, "the remote sends our own key back");
    }
    mixAgreed(localEphemeral, remoteEphemeral); // ee
    remoteStatic = state.decryptAndHash(buf, off + KEY, SEALED_KEY);
    mixAgreed(localEphemeral, remoteStatic); // es
    int head = KEY + SEALED_KEY;
    return state.decryptAndHash(buf, off + head, len - head);
  }

  byte[] writeThird(byte[] payload) {
    byte[] s = state.encryptAndHash(localStatic.publicKey());
    mixAgreed(localStatic.privateKey(), remoteEphemeral); // se
    return concat(s, state.encryptAndHash(payload));
  }

  byte[] readThird(byte[] buf, int off, int len) {
    require(len >= SEALED_KEY);
    remoteStatic = state.decryptAndHash(buf, off, SEALED_KEY);
    mixAgreed(localEphemeral, remoteStatic); // se
    return state.decryptAndHash(buf, off + SEALED_KEY, len - SEALED_KEY);
  }

  /// The remote's static key, known after the second message to the initiator and after the third
  /// to the responder.
  byte[] remoteStatic() {
    return remoteStatic.clone();
  }

  /// The keys after the third message: the initiator's sending key and the responder's.
  CipherState[] split() {
    return state.split();
  }

  byte[] handshakeHash() {
    return state.handshakeHash();
  }

  private byte[] newEphemeral() {
    X25519KeyPair pair = ephemerals.get();
    localEphemeral = pair.privateKey();
    localEphemeralPublic = pair.publicKey();
    state.mixHash(localEphemeralPublic);
    return localEphemeralPublic;
  }

  private void readEphemeral(byte[] buf, int off, int len) {
    require(len >= KEY);
    remoteEphemeral = Arrays.copyOfRange(buf, off, off + KEY);
    state.mixHash(remoteEphemeral);
  }

  private void mixAgreed(byte[] privateKey, byte[] publicKey) {
    try {
      state.mixKey(dh.agree(privateKey, publicKey));
    } catch (AuthenticationFailure e) {
      throw new NoiseException(Kind.AUTHENTICATION, "a key that makes every secret the same");
    }
  }

  private static void require(boolean longEnough) {
    if (!longEnough) {
      throw new NoiseException(Kind.MALFORMED, "a handshake message is too short");
    }
  }

  private static byte[] concat(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
