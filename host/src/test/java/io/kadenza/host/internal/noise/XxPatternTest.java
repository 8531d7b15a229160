package io.kadenza.host.internal.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.crypto.primitive.X25519KeyPair;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published vector for `Noise_XX_25519_ChaChaPoly_SHA256` of the cacophony collection, which
/// is in the public domain.
class XxPatternTest {

  private static final HexFormat HEX = HexFormat.of();

  private static final byte[] PROLOGUE = hex("4a6f686e2047616c74");
  private static final String INITIATOR_STATIC =
      "e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1";
  private static final String INITIATOR_EPHEMERAL =
      "893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a";
  private static final String RESPONDER_STATIC =
      "4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893";
  private static final String RESPONDER_EPHEMERAL =
      "bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b";
  private static final String HANDSHAKE_HASH =
      "c8e5f64e846193be2a834104c2a009868d6c9f3bd3c186299888b488b2f1f58e";

  private static final String[] PAYLOADS = {
    "4c756477696720766f6e204d69736573",
    "4d757272617920526f746862617264",
    "462e20412e20486179656b",
    "4361726c204d656e676572",
    "4a65616e2d426170746973746520536179",
    "457567656e2042f6686d20766f6e2042617765726b"
  };

  private static final String[] MESSAGES = {
    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c7944"
        + "4c756477696720766f6e204d69736573",
    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843"
        + "81cbad1f276e038c48378ffce2b65285e08d6b68aaa3629a5a8639392490e5b9"
        + "bd5269c2f1e4f488ed8831161f19b7815528f8982ffe09be9b5c412f8a0db50f"
        + "8814c7194e83f23dbd8d162c9326ad",
    "c7195ffacac1307ff99046f219750fc47693e23c3cb08b89c2af808b444850a8"
        + "0ae475b9df0f169ae80a89be0865b57f58c9fea0d4ec82a286427402f113e4b6"
        + "ae769a1d95941d49b25030",
    "96763ed773f8e47bb3712f0e29b3060ffc956ffc146cee53d5e1df",
    "3e40f15f6f3a46ae446b253bf8b1d9ffb6ed9b174d272328ff91a7e2e5c79c07f5",
    "eb3f3515110702e047a6c9da4478b6ead94873c11c0f2d710ddb3f09fce024b3a58502ae3f"
  };

  static Stream<CryptoSuite> suites() {
    return Stream.concat(Stream.of(CryptoSuite.portable()), CryptoSuite.accelerated().stream());
  }

  @ParameterizedTest
  @MethodSource("suites")
  void theHandshakeIsThePublishedOne(CryptoSuite crypto) {
    XxPattern initiator = pattern(crypto, INITIATOR_STATIC, INITIATOR_EPHEMERAL);
    XxPattern responder = pattern(crypto, RESPONDER_STATIC, RESPONDER_EPHEMERAL);

    assertThat(HEX.formatHex(initiator.writeFirst(hex(PAYLOADS[0])))).isEqualTo(MESSAGES[0]);
    assertThat(responder.readFirst(hex(MESSAGES[0]), 0, MESSAGES[0].length() / 2))
        .isEqualTo(hex(PAYLOADS[0]));
    assertThat(HEX.formatHex(responder.writeSecond(hex(PAYLOADS[1])))).isEqualTo(MESSAGES[1]);
    assertThat(initiator.readSecond(hex(MESSAGES[1]), 0, MESSAGES[1].length() / 2))
        .isEqualTo(hex(PAYLOADS[1]));
    assertThat(HEX.formatHex(initiator.writeThird(hex(PAYLOADS[2])))).isEqualTo(MESSAGES[2]);
    assertThat(responder.readThird(hex(MESSAGES[2]), 0, MESSAGES[2].length() / 2))
        .isEqualTo(hex(PAYLOADS[2]));

    assertThat(HEX.formatHex(initiator.handshakeHash())).isEqualTo(HANDSHAKE_HASH);
    assertThat(HEX.formatHex(responder.handshakeHash())).isEqualTo(HANDSHAKE_HASH);
    assertThat(initiator.remoteStatic())
        .isEqualTo(crypto.x25519().publicKey(hex(RESPONDER_STATIC)));
    assertThat(responder.remoteStatic())
        .isEqualTo(crypto.x25519().publicKey(hex(INITIATOR_STATIC)));

    CipherState[] initiators = initiator.split();
    CipherState[] responders = responder.split();
    for (int i = 3; i < MESSAGES.length; i++) {
      // The responder sends the fourth message, then they take turns.
      int sender = i % 2 == 1 ? 1 : 0;
      byte[] payload = hex(PAYLOADS[i]);
      byte[] sealed = new byte[payload.length + 16];
      (sender == 0 ? initiators : responders)
          [sender].seal(new byte[0], payload, 0, payload.length, sealed, 0);
      assertThat(HEX.formatHex(sealed)).isEqualTo(MESSAGES[i]);
      (sender == 0 ? responders : initiators)
          [sender].open(new byte[0], sealed, 0, sealed.length, sealed, 0);
      assertThat(sealed).startsWith(payload);
    }
  }

  private static XxPattern pattern(CryptoSuite crypto, String staticKey, String ephemeral) {
    return new XxPattern(crypto, pair(crypto, staticKey), () -> pair(crypto, ephemeral), PROLOGUE);
  }

  private static X25519KeyPair pair(CryptoSuite crypto, String privateKey) {
    return new X25519KeyPair(hex(privateKey), crypto.x25519().publicKey(hex(privateKey)));
  }

  private static byte[] hex(String text) {
    return HEX.parseHex(text);
  }
}
