package io.kadenza.host.internal.noise;

import io.kadenza.crypto.PublicKey;
import io.kadenza.crypto.primitive.Aead;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import io.kadenza.multiformats.PeerId;
import java.util.Optional;

/// An encrypted channel to a peer whose identity is proven. Confined to the connection's event
/// loop.
///
/// After a [NoiseException] the session is over: both directions refuse to go on.
public final class NoiseSession {

  /// "A maximum length of 65535 bytes", tag included.
  private static final int MAX_PLAINTEXT = 65_535 - Aead.TAG_BYTES;

  private static final int PREFIX = 2;
  private static final byte[] NO_AD = {};

  private final CipherState sending;
  private final CipherState receiving;
  private final PublicKey remoteKey;
  private final PeerId remotePeer;
  private final Optional<String> muxer;
  private final NoiseFrames frames = new NoiseFrames();
  private boolean closed;

  NoiseSession(
      CipherState sending, CipherState receiving, PublicKey remoteKey, Optional<String> muxer) {
    this.sending = sending;
    this.receiving = receiving;
    this.remoteKey = remoteKey;
    this.remotePeer = remoteKey.peerId();
    this.muxer = muxer;
  }

  public PublicKey remoteKey() {
    return remoteKey;
  }

  public PeerId remotePeer() {
    return remotePeer;
  }

  /// The muxer agreed on inside the handshake, when both sides named some.
  public Optional<String> muxer() {
    return muxer;
  }

  /// Bytes of memory held for a frame that has arrived in part.
  public int held() {
    return frames.held();
  }

  /// Encrypts everything in `plain` into as few frames as possible at the end of `cipher`.
  public void seal(OutBuffer plain, OutBuffer cipher) {
    requireOpen();
    try {
      while (!plain.isEmpty()) {
        int len = Math.min(plain.size(), MAX_PLAINTEXT);
        int at = cipher.reserve(PREFIX + len + Aead.TAG_BYTES);
        byte[] out = cipher.array();
        int sealed = sending.seal(NO_AD, plain.array(), plain.start(), len, out, at + PREFIX);
        out[at] = (byte) (sealed >>> 8);
        out[at + 1] = (byte) sealed;
        cipher.commit(PREFIX + sealed);
        plain.drain(len);
      }
    } catch (NoiseException e) {
      closed = true;
      throw e;
    }
  }

  /// Takes bytes from the remote, decrypts every whole frame in place (in `buf` itself where it
  /// can) and hands it on.
  ///
  /// @throws NoiseException when a frame was altered; the session is over
  public void receive(byte[] buf, int off, int len, Plaintext sink) {
    requireOpen();
    int at = off;
    int end = off + len;
    while (at < end) {
      at += frames.read(buf, at, end - at);
      if (frames.ready()) {
        int opened = open();
        if (opened > 0) {
          sink.plaintext(frames.array(), frames.offset(), opened);
        }
      }
    }
    frames.release();
  }

  private int open() {
    byte[] buf = frames.array();
    int off = frames.offset();
    try {
      if (frames.length() < Aead.TAG_BYTES) {
        throw new NoiseException(Kind.MALFORMED, "a frame too short for its tag");
      }
      return receiving.open(NO_AD, buf, off, frames.length(), buf, off);
    } catch (NoiseException e) {
      closed = true;
      frames.release();
      throw e;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new NoiseException(Kind.CLOSED, "the session has failed");
    }
  }
}
