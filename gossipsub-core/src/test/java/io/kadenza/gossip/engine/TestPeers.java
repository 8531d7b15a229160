package io.kadenza.gossip.engine;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.multiformats.Bytes;
import java.nio.ByteBuffer;

/// Identities that are the same in every run.
final class TestPeers {
  private TestPeers() {}

  static Identity identity(int number) {
    byte[] seed = ByteBuffer.allocate(32).putInt(number).array();
    byte[] publicKey = CryptoSuite.best().ed25519().signer(seed).publicKey();
    // PrivateKey { Type = 1: Ed25519; Data = 2: the seed and the public key }
    String protobuf = "0801" + "1240" + Bytes.of(seed).toHex() + Bytes.of(publicKey).toHex();
    return Identity.of(PrivateKey.fromProtobuf(Bytes.fromHex(protobuf).toArray()));
  }
}
