package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedEnvelopeTest {
  private static final String DOMAIN = "libp2p-testing";
  private static final Bytes TYPE = Bytes.utf8("/libp2p/testdata");
  private static final Bytes PAYLOAD = Bytes.utf8("hello world!");

  private final Identity alice = Identity.of(KeyVectors.of(KeyType.ED25519).parsePrivate());

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void whatIsSealedIsOpened(KeyVectors vector) {
    Identity signer = Identity.of(vector.parsePrivate());
    SignedEnvelope sealed = SignedEnvelope.seal(DOMAIN, TYPE, PAYLOAD, signer);

    SignedEnvelope opened = SignedEnvelope.open(sealed.protobuf().toArray(), DOMAIN);

    assertThat(opened).isEqualTo(sealed).hasSameHashCodeAs(sealed);
    assertThat(opened.publicKey()).isEqualTo(signer.publicKey());
    assertThat(opened.payloadType()).isEqualTo(TYPE);
    assertThat(opened.payload()).isEqualTo(PAYLOAD);
    assertThat(opened).hasToString("envelope of 12 bytes by " + signer.peerId());
  }

  @Test
  void writesTheFieldsAsRfc0002() {
    Bytes signed = Bytes.utf8("\u000e" + DOMAIN + "\u0010/libp2p/testdata\u000chello world!");
    Bytes expected =
        new ProtoWriter()
            .bytes(1, alice.publicKey().protobuf())
            .bytes(2, TYPE)
            .bytes(3, PAYLOAD)
            .bytes(5, alice.sign(signed.toArray()))
            .toBytes();

    assertThat(SignedEnvelope.seal(DOMAIN, TYPE, PAYLOAD, alice).protobuf()).isEqualTo(expected);
  }

  @Test
  void isRefusedInAnotherDomain() {
    byte[] sealed = seal();

    Refused.by(() -> SignedEnvelope.open(sealed, "libp2p-other"))
        .withMessageContaining("does not fit libp2p-other");
    Refused.by(() -> SignedEnvelope.open(sealed, ""));
  }

  @Test
  void isRefusedWithAnyBitTurned() {
    byte[] sealed = seal();
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] turned = sealed.clone();
      turned[bit / 8] ^= (byte) (1 << bit % 8);
      Refused.by(() -> SignedEnvelope.open(turned, DOMAIN));
    }
  }

  @Test
  void isRefusedCutAnywhere() {
    byte[] sealed = seal();
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      Refused.by(() -> SignedEnvelope.open(cut, DOMAIN));
    }
  }

  @Test
  void theSplitOfTypeAndPayloadIsSigned() {
    // The same bytes in a row, divided elsewhere.
    byte[] signature = alice.sign(Bytes.utf8("\u000e" + DOMAIN + "\u0002ab\u0002cd").toArray());
    Bytes moved =
        new ProtoWriter()
            .bytes(1, alice.publicKey().protobuf())
            .bytes(2, Bytes.utf8("abc"))
            .bytes(3, Bytes.utf8("d"))
            .bytes(5, signature)
            .toBytes();

    Refused.by(() -> SignedEnvelope.open(moved.toArray(), DOMAIN));
  }

  @Test
  void isRefusedUnderAnotherKey() {
    Identity mallory = Identity.generate(KeyType.ED25519);
    byte[] honest = seal();
    Bytes stolen =
        new ProtoWriter()
            .raw(honest, 0, honest.length)
            .bytes(1, mallory.publicKey().protobuf())
            .toBytes();

    Refused.by(() -> SignedEnvelope.open(stolen.toArray(), DOMAIN));
  }

  @Test
  void fieldsOfTheFutureAreSkipped() {
    byte[] honest = seal();
    Bytes longer =
        new ProtoWriter().raw(honest, 0, honest.length).varint(9, 7).utf8(12, "new").toBytes();

    assertThat(SignedEnvelope.open(longer.toArray(), DOMAIN).payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void isBoundedBothWays() {
    Bytes large = Bytes.wrap(new byte[SignedEnvelope.MAX_BYTES]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedEnvelope.seal(DOMAIN, TYPE, large, alice))
        .withMessageContaining("at most 16384");
    Refused.by(() -> SignedEnvelope.open(new byte[SignedEnvelope.MAX_BYTES + 1], DOMAIN))
        .withMessageContaining("at most 16384");
  }

  @Test
  void needsADomainAndAType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedEnvelope.seal("", TYPE, PAYLOAD, alice));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignedEnvelope.seal(DOMAIN, Bytes.EMPTY, PAYLOAD, alice));
  }

  private byte[] seal() {
    return SignedEnvelope.seal(DOMAIN, TYPE, PAYLOAD, alice).protobuf().toArray();
  }
}
