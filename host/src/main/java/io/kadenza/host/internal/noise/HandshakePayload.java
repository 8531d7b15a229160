package io.kadenza.host.internal.noise;

import io.kadenza.crypto.PublicKey;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What libp2p sends inside the second and third message: the protobuf `NoiseHandshakePayload` with
/// the identity key, its signature over the static key, and the stream muxers spoken.
///
/// Not a word of it is believed before [#verify].
final class HandshakePayload {

  /// An RSA signature with 8192 bits; all others are far shorter.
  private static final int MAX_SIGNATURE = 1024;

  /// There are two muxers in libp2p.
  private static final int MAX_MUXERS = 16;

  private static final int MAX_MUXER_NAME = 128;
  private static final int MAX_EXTENSIONS = 4096;

  private static final int IDENTITY_KEY = 1;
  private static final int IDENTITY_SIGNATURE = 2;
  private static final int EXTENSIONS = 4;
  private static final int STREAM_MUXERS = 2;

  private byte[] identityKey = {};
  private byte[] signature = {};
  private final List<String> muxers = new ArrayList<>();

  private HandshakePayload() {}

  static byte[] encode(byte[] identityKey, byte[] signature, List<String> muxers) {
    ProtoWriter out = new ProtoWriter();
    out.bytes(IDENTITY_KEY, identityKey).bytes(IDENTITY_SIGNATURE, signature);
    if (!muxers.isEmpty()) {
      out.message(
          EXTENSIONS, extensions -> muxers.forEach(name -> extensions.utf8(STREAM_MUXERS, name)));
    }
    return out.toByteArray();
  }

  static HandshakePayload parse(byte[] bytes) {
    HandshakePayload payload = new HandshakePayload();
    try {
      ProtoReader in = new ProtoReader(bytes);
      while (in.next()) {
        switch (in.field()) {
          case IDENTITY_KEY -> payload.identityKey = in.bytes(PublicKey.MAX_BYTES);
          case IDENTITY_SIGNATURE -> payload.signature = in.bytes(MAX_SIGNATURE);
          case EXTENSIONS -> payload.readExtensions(in.message(MAX_EXTENSIONS));
          default -> in.skip();
        }
      }
    } catch (MalformedException e) {
      throw new NoiseException(Kind.MALFORMED, "the handshake payload: " + e.getMessage());
    }
    return payload;
  }

  /// The identity behind the static key, once proven.
  ///
  /// @throws NoiseException when the proof does not hold
  PublicKey verify(byte[] remoteStatic) {
    PublicKey key;
    try {
      key = PublicKey.fromProtobuf(identityKey);
    } catch (MalformedException e) {
      throw new NoiseException(Kind.MALFORMED, "the identity key: " + e.getMessage());
    }
    // "If the signature is invalid, the connection MUST be terminated immediately."
    if (!key.verify(NoiseIdentity.signedBytes(remoteStatic), signature)) {
      throw new NoiseException(Kind.AUTHENTICATION, "the identity did not sign the static key");
    }
    return key;
  }

  List<String> muxers() {
    return muxers;
  }

  /// "The multiplexer to use is determined by picking the first item from the initiator's list that
  /// both parties support." Empty when a side names none; then it is negotiated afterwards.
  static Optional<String> chooseMuxer(List<String> initiator, List<String> responder) {
    if (initiator.isEmpty() || responder.isEmpty()) {
      return Optional.empty();
    }
    for (String muxer : initiator) {
      if (responder.contains(muxer)) {
        return Optional.of(muxer);
      }
    }
    // "If there is no overlap between the multiplexers …, the handshake MUST fail."
    throw new NoiseException(Kind.NO_COMMON_MUXER, "no stream muxer in common");
  }

  private void readExtensions(ProtoReader in) {
    while (in.next()) {
      if (in.field() == STREAM_MUXERS) {
        if (muxers.size() == MAX_MUXERS) {
          throw new NoiseException(Kind.MALFORMED, "more than " + MAX_MUXERS + " stream muxers");
        }
        muxers.add(in.utf8(MAX_MUXER_NAME));
      } else {
        in.skip();
      }
    }
  }
}
