package io.kadenza.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static String drawn(boolean tty, Map<String, String> environment) {
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ResultStream(OutputStream.nullOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            environment,
            Path.of(""),
            tty,
            tty);
    try (var line = new ProgressLine(terminal)) {
      line.draw(0.5, "half");
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isDrawnOnATerminalAndLeavesNothing() {
    assertThat(drawn(true, Map.of("TERM", "xterm"))).contains(" 50 %  half").endsWith("\r\u001b[K");
  }

  @Test
  void isNotDrawnWhereNothingCanBeDrawnOver() {
    assertThat(drawn(false, Map.of("TERM", "xterm"))).isEmpty();
    assertThat(drawn(true, Map.of("TERM", "dumb"))).isEmpty();
  }
}
