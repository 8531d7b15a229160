package io.kadenza.host.internal.noise;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.host.internal.bytes.SeededData;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoiseFuzzTest {

  @FuzzTest
  void aResponderNeedsMoreThanBytes(FuzzedDataProvider data) {
    handshake(NoiseHandshake.responder(Peers.BOBS, Peers.YAMUX), data);
  }

  @FuzzTest
  void anInitiatorNeedsMoreThanBytes(FuzzedDataProvider data) {
    NoiseHandshake initiator = NoiseHandshake.initiator(Peers.ALICES, null, Peers.YAMUX);
    initiator.output().clear();
    handshake(initiator, data);
  }

  @FuzzTest
  void aPayloadIsReadOrRefused(byte[] payload) {
    try {
      HandshakePayload parsed = HandshakePayload.parse(payload);
      require(parsed.muxers().size() <= 16);
      parsed.verify(new byte[32]);
      throw new AssertionError("a signature by chance");
    } catch (NoiseException _) {
      // Refused.
    }
  }

  /// Real frames under a known key, altered, cut and mixed with junk: only real plaintext comes
  /// out.
  @FuzzTest
  void aSessionOpensOnlyWhatWasSealed(FuzzedDataProvider data) {
    NoiseSession sender = session();
    NoiseSession receiver = session();
    byte[] expected = new byte[1];
    try {
      while (data.remainingBytes() > 0) {
        byte[] wire =
            data.consumeBoolean()
                ? data.consumeBytes(50)
                : Peers.seal(sender, new byte[] {++expected[0], 1, 2});
        if (wire.length > 0 && data.consumeBoolean()) {
          wire[data.consumeInt(0, wire.length - 1)] ^= (byte) data.consumeInt(0, 255);
        }
        int cut = data.consumeInt(0, wire.length);
        Plaintext sink = (buf, off, len) -> require(len == 3 && buf[off + 2] == 2);
        receiver.receive(wire, 0, cut, sink);
        receiver.receive(wire, cut, wire.length - cut, sink);
      }
    } catch (NoiseException e) {
      require(e.kind() != NoiseException.Kind.CLOSED);
    }
  }

  @Test
  void aThousandSeedsOpenOnlyWhatWasSealed() {
    for (long seed = 0; seed < 1000; seed++) {
      try {
        aSessionOpensOnlyWhatWasSealed(SeededData.of(seed, 500));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static NoiseSession session() {
    byte[] key = new byte[32];
    return new NoiseSession(
        new CipherState(Peers.CRYPTO.aead(key)),
        new CipherState(Peers.CRYPTO.aead(key)),
        Peers.BOB.publicKey(),
        Optional.empty());
  }

  private static void handshake(NoiseHandshake handshake, FuzzedDataProvider data) {
    try {
      while (data.remainingBytes() > 0) {
        byte[] bytes = data.consumeBytes(data.consumeInt(1, 400));
        require(handshake.receive(bytes, 0, bytes.length) == bytes.length);
      }
    } catch (NoiseException _) {
      require(handshake.output().isEmpty());
    }
    require(!handshake.done());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
