package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;

/// Envelopes in arbitrary bytes, and peer records in the hands of a peer that signs anything.
class SignedEnvelopeFuzzTest {
  private final Identity signer = Identity.of(KeyVectors.of(KeyType.ED25519).parsePrivate());

  @FuzzTest
  void envelopes(byte[] input) {
    try {
      SignedEnvelope opened = SignedEnvelope.open(input, PeerRecord.DOMAIN);
      assertThat(opened.protobuf().toArray()).isEqualTo(input);
    } catch (MalformedException e) {
      return;
    }
  }

  @FuzzTest
  void peerRecords(byte[] payload) {
    if (payload.length > SignedEnvelope.MAX_BYTES / 2) {
      return;
    }
    byte[] sealed =
        SignedEnvelope.seal(PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, Bytes.of(payload), signer)
            .protobuf()
            .toArray();
    PeerRecord opened;
    try {
      opened = PeerRecord.open(sealed);
    } catch (MalformedException e) {
      return;
    }
    assertThat(opened.peer()).isEqualTo(signer.peerId());
    assertThat(PeerRecord.open(opened.seal(signer).protobuf().toArray())).isEqualTo(opened);
  }
}
