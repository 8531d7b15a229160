package io.kadenza.host.internal.noise;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.internal.bytes.OutBuffer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/// Two hosts, and handshakes between them.
final class Peers {

  static final CryptoSuite CRYPTO = CryptoSuite.best();
  static final Identity ALICE = Identity.generate(KeyType.ED25519);
  static final Identity BOB = Identity.generate(KeyType.SECP256K1);
  static final NoiseIdentity ALICES = NoiseIdentity.create(ALICE, CRYPTO);
  static final NoiseIdentity BOBS = NoiseIdentity.create(BOB, CRYPTO);
  static final List<String> YAMUX = List.of("/yamux/1.0.0");

  private Peers() {}

  /// Alice's session, then Bob's.
  static NoiseSession[] connected() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, BOB.peerId(), YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    shake(alice, bob);
    return new NoiseSession[] {alice.session(), bob.session()};
  }

  static void shake(NoiseHandshake initiator, NoiseHandshake responder) {
    while (!initiator.output().isEmpty() || !responder.output().isEmpty()) {
      feed(responder, initiator.output().take());
      feed(initiator, responder.output().take());
    }
  }

  static int feed(NoiseHandshake handshake, byte[] bytes) {
    return handshake.receive(bytes, 0, bytes.length);
  }

  /// A message as it goes over the wire.
  static byte[] framed(byte[] message) {
    OutBuffer out = new OutBuffer();
    out.putShort(message.length);
    out.put(message, 0, message.length);
    return out.take();
  }

  static byte[] seal(NoiseSession session, byte[] plain) {
    OutBuffer in = new OutBuffer();
    in.put(plain, 0, plain.length);
    OutBuffer out = new OutBuffer();
    session.seal(in, out);
    return out.take();
  }

  static byte[] open(NoiseSession session, byte[] cipher) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] copy = cipher.clone();
    session.receive(copy, 0, copy.length, plain::write);
    return plain.toByteArray();
  }

  static byte[] random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
