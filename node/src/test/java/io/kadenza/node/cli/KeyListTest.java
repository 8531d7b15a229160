package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.ResultStream;
import io.kadenza.node.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyListTest {
  private static List<Bytes> read(String text, Charset charset) {
    var terminal =
        new Terminal(
            new ResultStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            new ByteArrayInputStream(text.getBytes(charset)),
            Map.of(),
            Path.of(""),
            false,
            false);
    return KeyList.read(new InputFile("-"), terminal, new KeySpelling());
  }

  @Test
  void anEditorsMarksAreNoPartOfAKey() {
    assertThat(read("\uFEFF/k/one\r\n\r\n/k/two\r\n", StandardCharsets.UTF_8))
        .isEqualTo(read("/k/one\n/k/two\n", StandardCharsets.UTF_8))
        .hasSize(2);
  }

  @Test
  void whatIsNoTextIsABadLine() {
    assertThatThrownBy(() -> read("plain\ncaf\u00e9\n", StandardCharsets.ISO_8859_1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("line 2: not text in UTF-8");
  }
}
