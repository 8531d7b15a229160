package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedExceptionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[31mred",
        "a\nb",
        "a\rb",
        "nul\0",
        "\u202eevil",
        "\u2028",
        "\ud800",
        "\u009b31m",
        "\u200b"
      })
  void whatCouldSteerATerminalIsEscaped(String hostile) {
    String quoted = MalformedException.quote(hostile);

    assertThat(quoted.codePoints()).allMatch(c -> c == '"' || Printable.is(c));
    assertThat(quoted).contains("\\u{");
  }

  @Test
  void longInputIsCut() {
    assertThat(MalformedException.quote("x".repeat(1_000_000)))
        .hasSizeLessThan(100)
        .endsWith("…\"");
    assertThat(MalformedException.quote("\0".repeat(1_000_000))).hasSizeLessThan(100);
  }

  @Test
  void quotesAndBackslashesCannotBeForged() {
    assertThat(MalformedException.quote("a\" (b\\")).isEqualTo("\"a\\\" (b\\\\\"");
  }

  @Test
  void failuresOnTheWireCarryNoStackTrace() {
    assertThat(MalformedException.onWire("x").getStackTrace()).isEmpty();
    assertThat(new MalformedException("x").getStackTrace()).isNotEmpty();
  }
}
