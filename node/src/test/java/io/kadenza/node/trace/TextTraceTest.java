package io.kadenza.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.ResultStream;
import io.kadenza.node.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTraceTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String agent = "kubo/0.30.0/desktop";

  private final PeerNames names =
      new PeerNames() {
        @Override
        public String name(PeerId peer) {
          return peer.shortName();
        }

        @Override
        public String agent(PeerId peer) {
          return Escaped.line(agent);
        }
      };

  private TextTrace trace(boolean tty) {
    var terminal =
        new Terminal(
            new ResultStream(OutputStreams.refusing()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            Map.of(),
            Path.of(""),
            tty,
            tty);
    return new TextTrace(terminal, names);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void drawsAWalk() {
    SampleWalk.show(trace(false));

    assertThat(text())
        .isEqualTo(
            """
            GET_VALUE /v/hello at ec404978…, from 1 peer
               at ms  bits shared             peer       took ms
                20.0  ▰▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱   1  ✓ K61pA24F      20.0  3 new of 4  kubo/0.30.0/…
                50.0  ▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱   3  ✗ E2gMbLsL      30.0  cannot be reached
                70.0  ▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱   5  … LA3v3kJB            slow: on without it
                90.0  ▰▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱   9  ✓ abY88u2a      40.0  0 new of 2  kubo/0.30.0/…
            closest:  abY88u2a  9  K61pA24F  1
               1 │├─────────────◆
               2 │
               3 │              ├─────────────────────✗
               4 │
               5 │              ├────────────────────────────────────────────────────────…
               6 │
               7 │
               8 │
               9 │                                    ├───────────────────────────◆
            bits └────────────────────────────────────────────────────────────────────────
                  0                                                               100.0 ms
                  ◆ among the closest  ● answered  ✗ failed  … given up
            over after 100.0 ms because the closest peers there are have answered
            4 asked, 2 answered, 1 failed, 1 given up, 2 hops
                      PUT_VALUE             ✗ abY88u2a       8.0  refuses
                      PUT_VALUE             ✓ K61pA24F       9.0  took it
            """);
  }

  @Test
  void drawsItAlikeInAnyLanguage() {
    SampleWalk.show(trace(false));
    String drawn = text();
    err.reset();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      SampleWalk.show(trace(false));
    } finally {
      Locale.setDefault(before);
    }

    assertThat(text()).isEqualTo(drawn);
  }

  @Test
  void fitsInto80ColumnsAndHasNoColoursWithoutATerminal() {
    agent = "an agent with a name that nobody would want to read to its very end";
    SampleWalk.show(trace(false));

    assertThat(text().lines()).allMatch(line -> line.length() < 80).hasSizeLessThan(24);
    assertThat(text()).doesNotContain("\u001b");
  }

  @Test
  void isColouredOnATerminal() {
    SampleWalk.show(trace(true));

    assertThat(text()).contains("\u001b[31m✗\u001b[0m", "\u001b[1m\u001b[32m◆");
  }

  @Test
  void escapesWhatAPeerOrAKeySays() {
    agent = "evil\u001b[2J\u202e";
    var key = Bytes.utf8("k\u001b[31m\nkey");
    var view = trace(false);
    var started =
        new EngineEvent.LookupStarted(
            7, 1, MessageType.FIND_NODE, key, SampleWalk.TARGET, List.of());
    view.started(new WalkLog(1, started));
    SampleWalk.show(view);

    assertThat(text()).doesNotContain("\u001b", "\u202e").contains("k\\u{1b}[31m\\u{a}key");
  }

  @Test
  void tellsTheLinesOfSeveralWalksApart() {
    var view = trace(false);
    var second = new WalkLog(2, SampleWalk.started());
    view.started(second);
    view.stepped(second, SampleWalk.steps().get(1));

    assertThat(text().lines().toList().getFirst()).startsWith("[2] GET_VALUE /v/hello");
    assertThat(text().lines().toList().getLast()).startsWith("[2] ");
  }
}
