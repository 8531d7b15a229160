package io.kadenza.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EscapedTest {
  @Test
  void showsWhatWouldSteerATerminal() {
    assertThat(Escaped.line("a\u001b[2Jb\u0007\u009b\u202e\u2028\r\nc\u007f"))
        .isEqualTo("a\\u{1b}[2Jb\\u{7}\\u{9b}\\u{202e}\\u{2028}\\u{d}\\u{a}c\\u{7f}");
  }

  @Test
  void leavesTextOfAnyLanguageAlone() {
    assertThat(Escaped.line("Zażółć 日本語 🦊 'x'")).isEqualTo("Zażółć 日本語 🦊 'x'");
  }

  @Test
  void keepsTheLinesOfAValue() {
    assertThat(Escaped.value("one\n\ttwo".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo("one\n\ttwo");
    assertThat(Escaped.value(new byte[] {(byte) 0xff, 0})).isEqualTo("ff00");
  }

  @Test
  void jsonHasNothingOutsideAscii() {
    String line = JsonLine.of("kad.test/v1").with("agent", "\u001b]0;x\u202e\u009b").toString();

    assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    assertThat(line).startsWith("{\"schema\":\"kad.test/v1\",");
  }

  @Test
  void coloursOnlyForPeopleWhoWantThem() {
    assertThat(Palette.of(true, Map.of()).red("x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(Palette.of(false, Map.of()).red("x")).isEqualTo("x");
    assertThat(Palette.of(true, Map.of("NO_COLOR", "1")).red("x")).isEqualTo("x");
    assertThat(Palette.of(true, Map.of("TERM", "dumb")).red("x")).isEqualTo("x");
  }
}
