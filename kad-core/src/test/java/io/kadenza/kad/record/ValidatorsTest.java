package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /// An Ed25519 key in libp2p's serialization, and an RSA-sized one, whose id is a hash.
  private static final Bytes SHORT_KEY = Bytes.fromHex("08011220" + "07".repeat(32));

  private static final Bytes LONG_KEY = Bytes.fromHex("080012ac02" + "07".repeat(300));

  private static Bytes pk(PeerId peer) {
    var key = new ByteArrayOutputStream();
    key.writeBytes(Bytes.utf8("/pk/").toArray());
    key.writeBytes(peer.bytes().toArray());
    return Bytes.wrap(key.toByteArray());
  }

  @Test
  void aPublicKeyBelongsUnderItsOwnPeerId() {
    for (Bytes key : List.of(SHORT_KEY, LONG_KEY)) {
      PeerId peer = PeerId.ofPublicKey(key.toArray());
      assertThat(Validators.strict().validate(pk(peer), key, NOW).isValid()).isTrue();
    }
    PeerId peer = PeerId.ofPublicKey(LONG_KEY.toArray());
    assertThat(Validators.strict().validate(pk(peer), SHORT_KEY, NOW).isValid()).isFalse();
    assertThat(Validators.strict().validate(pk(peer), Bytes.EMPTY, NOW).isValid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "a", "/x", "/x/", "/x/y", "pk/x", "//pk/x"})
  void rule09StrictRegistriesKnowOnlyTheirNamespaces(String key) {
    Verdict verdict = Validators.strict().validate(Bytes.utf8(key), Bytes.EMPTY, NOW);
    assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void rule09OpenRegistriesTakeAnyOtherKeyButCheckThoseTheyKnow() {
    Validators open = Validators.open();
    for (String key : List.of("/", "//", "a", "/x", "/example/data/1", "\u00ff")) {
      assertThat(open.validate(Bytes.utf8(key), Bytes.EMPTY, NOW).isValid()).isTrue();
    }
    assertThat(open.validate(Bytes.EMPTY, Bytes.EMPTY, NOW).isValid()).isFalse();
    for (String key : List.of("/pk/x", "/pk/")) {
      assertThat(open.validate(Bytes.utf8(key), Bytes.EMPTY, NOW).isValid()).as(key).isFalse();
    }
  }

  @Test
  void ofValuesNobodyCanJudgeTheMostFrequentIsTheBest() {
    Bytes a = Bytes.utf8("a");
    Bytes b = Bytes.utf8("b");
    Validators open = Validators.open();
    assertThat(open.select(Bytes.utf8("k"), List.of(a))).isZero();
    assertThat(open.select(Bytes.utf8("k"), List.of(a, b))).isZero();
    assertThat(open.select(Bytes.utf8("k"), List.of(a, b, b))).isEqualTo(1);
    assertThatThrownBy(() -> open.select(Bytes.utf8("k"), List.of()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aValidatorIsAskedForItsNamespaceOnly() {
    Validator never =
        new Validator() {
          @Override
          public Verdict validate(Bytes key, Bytes value, Instant now) {
            return Verdict.invalid("never");
          }

          @Override
          public int select(Bytes key, List<Bytes> values) {
            return values.size() - 1;
          }
        };
    Validators some = Validators.open().with("n", never);
    assertThat(some.validate(Bytes.utf8("/n/a"), Bytes.EMPTY, NOW))
        .isEqualTo(Verdict.invalid("never"));
    assertThat(some.validate(Bytes.utf8("/nn/a"), Bytes.EMPTY, NOW).isValid()).isTrue();
    assertThat(some.select(Bytes.utf8("/n/a"), List.of(Bytes.EMPTY, Bytes.EMPTY))).isEqualTo(1);
    assertThatThrownBy(() -> some.with("a/b", never)).isInstanceOf(IllegalArgumentException.class);
  }

  /// As one does that parses what a peer has made up.
  @Test
  void whereAValidatorThrowsTheValueIsInvalidAndTheFirstTheBest() {
    Validator numbers =
        new Validator() {
          @Override
          public Verdict validate(Bytes key, Bytes value, Instant now) {
            return Integer.parseInt(value.utf8()) > 0 ? Verdict.valid() : validate(key, value, now);
          }

          @Override
          public int select(Bytes key, List<Bytes> values) {
            return values.size() > 2 ? values.size() : Integer.parseInt("no number");
          }
        };
    Validators some = Validators.strict().with("n", numbers);
    Bytes key = Bytes.utf8("/n/a");
    List<Bytes> good = Collections.nCopies(2, Bytes.utf8("7"));

    assertThat(some.validate(key, good.getFirst(), NOW).isValid()).isTrue();
    assertThat(some.validate(key, Bytes.utf8("x\u001b"), NOW))
        .isEqualTo(
            Verdict.invalid(
                "its validator fails: \"java.lang.NumberFormatException:"
                    + " For input string: \\\"x\\u{1b}\\\"\""));
    assertThat(some.validate(key, Bytes.utf8("0"), NOW).isValid()).isFalse();
    assertThat(some.select(key, good)).isZero();
    assertThat(some.select(key, Collections.nCopies(3, Bytes.utf8("7")))).isZero();
  }

  static final List<Throwable> FAULTS =
      List.of(
          new IOException("as languages without checked exceptions throw from anywhere"),
          new AssertionError("as of an assert"),
          new NoClassDefFoundError("as where a library is missing"));

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException thrown(Throwable fault) throws E {
    throw (E) fault;
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  void whateverAValidatorThrowsIsNoMoreThanAnInvalidValue(Throwable fault) {
    var broken =
        new Validator() {
          @Override
          public Verdict validate(Bytes key, Bytes value, Instant now) {
            throw ValidatorsTest.<RuntimeException>thrown(fault);
          }

          @Override
          public int select(Bytes key, List<Bytes> values) {
            throw ValidatorsTest.<RuntimeException>thrown(fault);
          }
        };
    Validators some = Validators.strict().with("n", broken);
    Bytes key = Bytes.utf8("/n/a");

    assertThat(some.validate(key, Bytes.EMPTY, NOW).isValid()).isFalse();
    assertThat(some.select(key, List.of(Bytes.EMPTY, Bytes.EMPTY))).isZero();
  }

  @Test
  void aValidatorThatSaysNothingHasFailed() {
    var mute =
        new Validator() {
          @Override
          @SuppressWarnings("NullAway") // Not everybody has its help.
          public Verdict validate(Bytes key, Bytes value, Instant now) {
            return null;
          }

          @Override
          public int select(Bytes key, List<Bytes> values) {
            return 0;
          }
        };
    Validators some = Validators.strict().with("n", mute);

    assertThat(some.validate(Bytes.utf8("/n/a"), Bytes.EMPTY, NOW).isValid()).isFalse();
  }
}
