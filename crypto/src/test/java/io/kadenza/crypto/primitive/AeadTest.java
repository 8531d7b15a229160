package io.kadenza.crypto.primitive;

import static io.kadenza.crypto.primitive.Suites.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.kadenza.crypto.primitive.Suites#all")
class AeadTest {
  /// Either side of every size class of the scratch memory, and the largest Noise frame.
  private static final int[] SIZES = {
    0, 1, 15, 16, 63, 64, 65, 127, 128, 129, 1024, 1025, 4095, 4096, 4097, 16384, 65519, 65520,
    70000
  };

  private static final byte[] NO_AD = {};

  private final byte[] key = hex("000102030405060708090a0b0c0d0e0f".repeat(2));

  @Parameter CryptoSuite suite;

  @Test
  void computesTheVectorOfRfc8439AppendixA5() {
    byte[] text =
        ("Internet-Drafts are draft documents valid for a maximum of six months and may be updated,"
                + " replaced, or obsoleted by other documents at any time. It is inappropriate to"
                + " use Internet-Drafts as reference material or to cite them other than as"
                + " /“work in progress./”")
            .getBytes(UTF_8);
    byte[] ad = hex("f33388860000000000004e91");
    byte[] sealed = new byte[text.length + Aead.TAG_BYTES];
    Aead aead = suite.aead(hex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0"));

    aead.seal(0x08_07_06_05_04_03_02_01L, ad, text, 0, text.length, sealed, 0);

    assertThat(Arrays.copyOf(sealed, 32))
        .isEqualTo(hex("64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb2"));
    assertThat(Arrays.copyOfRange(sealed, text.length, sealed.length))
        .isEqualTo(hex("eead9d67890cbb22392336fea1851f38"));
  }

  @Test
  void opensWhatEveryOtherSuiteSealed() {
    Random random = new Random(8439);
    for (int size : SIZES) {
      byte[] text = new byte[size];
      random.nextBytes(text);
      byte[] ad = new byte[random.nextInt(40)];
      random.nextBytes(ad);
      long nonce = random.nextLong();
      byte[] sealed = seal(CryptoSuite.portable().aead(key), nonce, ad, text);

      assertThat(seal(suite.aead(key), nonce, ad, text)).as("%d bytes", size).isEqualTo(sealed);
      assertThat(open(suite.aead(key), nonce, ad, sealed)).as("%d bytes", size).isEqualTo(text);
    }
  }

  @Test
  void worksInPlaceAndTouchesNothingBeside() {
    for (int size : SIZES) {
      byte[] buffer = new byte[size + Aead.TAG_BYTES + 20];
      Arrays.fill(buffer, (byte) 0x55);
      byte[] before = buffer.clone();

      assertThat(suite.aead(key).seal(9, NO_AD, buffer, 10, size, buffer, 10))
          .isEqualTo(size + Aead.TAG_BYTES);
      assertThat(Arrays.copyOf(buffer, 10)).isEqualTo(Arrays.copyOf(before, 10));
      assertThat(Arrays.copyOfRange(buffer, buffer.length - 10, buffer.length))
          .isEqualTo(Arrays.copyOf(before, 10));

      assertThat(suite.aead(key).open(9, NO_AD, buffer, 10, size + Aead.TAG_BYTES, buffer, 10))
          .isEqualTo(size);
      assertThat(Arrays.copyOf(buffer, size + 10)).isEqualTo(Arrays.copyOf(before, size + 10));
      assertThat(Arrays.copyOfRange(buffer, buffer.length - 10, buffer.length))
          .isEqualTo(Arrays.copyOf(before, 10));
    }
  }

  @Test
  void countsNoncesThroughAllSixtyFourBits() {
    Aead sealing = suite.aead(key);
    Aead opening = suite.aead(key);
    byte[] text = "frame".getBytes(UTF_8);
    for (long nonce : new long[] {0, 1, 255, 256, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -2}) {
      assertThat(open(opening, nonce, NO_AD, seal(sealing, nonce, NO_AD, text))).isEqualTo(text);
    }
  }

  @Test
  void refusesAFrameWithAnyBitTurnedAndOpensTheGoodOneAfterwards() {
    Aead opening = suite.aead(key);
    byte[] text = "the nonce is not advanced by a bad frame".getBytes(UTF_8);
    byte[] sealed = seal(suite.aead(key), 3, NO_AD, text);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] turned = sealed.clone();
      turned[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(opening, 3, NO_AD, turned);
    }
    assertThat(open(opening, 3, NO_AD, sealed)).isEqualTo(text);
  }

  @Test
  void refusesAnotherNonceKeyOrAssociatedData() {
    byte[] ad = {1};
    byte[] sealed = seal(suite.aead(key), 3, ad, new byte[5000]);

    assertRefused(suite.aead(key), 4, ad, sealed);
    assertRefused(suite.aead(new byte[32]), 3, ad, sealed);
    assertRefused(suite.aead(key), 3, NO_AD, sealed);
  }

  @Test
  void refusesFramesCutAnywhere() {
    byte[] sealed = seal(suite.aead(key), 0, NO_AD, new byte[100]);
    for (int length = 0; length < sealed.length; length++) {
      assertRefused(suite.aead(key), 0, NO_AD, Arrays.copyOf(sealed, length));
    }
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    Aead aead = suite.aead(key);
    byte[] ten = new byte[10];
    byte[] hundred = new byte[100];

    assertOutOfBounds(() -> aead.seal(0, NO_AD, ten, 0, 10, ten, 0));
    assertOutOfBounds(() -> aead.seal(0, NO_AD, ten, 5, 6, hundred, 0));
    assertOutOfBounds(() -> aead.seal(0, NO_AD, ten, -1, 5, hundred, 0));
    assertOutOfBounds(() -> aead.seal(0, NO_AD, ten, 0, -1, hundred, 0));
    assertOutOfBounds(() -> aead.seal(0, NO_AD, ten, 0, 10, hundred, 80));
    assertOutOfBounds(() -> aead.open(0, NO_AD, hundred, 90, 20, hundred, 0));
    assertOutOfBounds(() -> aead.open(0, NO_AD, hundred, 0, 40, ten, 0));
  }

  @Test
  void refusesToSealTwiceInARowUnderOneNonce() {
    Aead aead = suite.aead(key);
    seal(aead, 5, NO_AD, new byte[10]);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> seal(aead, 5, NO_AD, new byte[10]));
  }

  @Test
  void refusesKeysOfAnotherLength() {
    for (int length : new int[] {0, 16, 31, 33}) {
      assertThatIllegalArgumentException().isThrownBy(() -> suite.aead(new byte[length]));
    }
  }

  @Test
  void connectionsOnManyThreadsDoNotSeeEachOther() throws Exception {
    List<Callable<Boolean>> connections = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte fill = (byte) i;
      connections.add(() -> echoes(fill));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> echo : threads.invokeAll(connections)) {
        assertThat(echo.get()).isTrue();
      }
    }
  }

  private boolean echoes(byte fill) {
    byte[] own = new byte[32];
    Arrays.fill(own, fill);
    Aead sealing = suite.aead(own);
    Aead opening = suite.aead(own);
    for (int nonce = 0; nonce < 200; nonce++) {
      byte[] text = new byte[37 * nonce];
      Arrays.fill(text, fill);
      if (!Arrays.equals(open(opening, nonce, own, seal(sealing, nonce, own, text)), text)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] seal(Aead aead, long nonce, byte[] ad, byte[] text) {
    byte[] out = new byte[text.length + Aead.TAG_BYTES];
    aead.seal(nonce, ad, text, 0, text.length, out, 0);
    return out;
  }

  private static byte[] open(Aead aead, long nonce, byte[] ad, byte[] sealed) {
    byte[] out = new byte[Math.max(0, sealed.length - Aead.TAG_BYTES)];
    aead.open(nonce, ad, sealed, 0, sealed.length, out, 0);
    return out;
  }

  private static void assertRefused(Aead aead, long nonce, byte[] ad, byte[] sealed) {
    assertThatExceptionOfType(AuthenticationFailure.class)
        .isThrownBy(() -> open(aead, nonce, ad, sealed));
  }

  private static void assertOutOfBounds(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(call);
  }
}
