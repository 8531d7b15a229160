package io.kadenza.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogSetupTest {
  /// A failure is one line, which the program prints itself.
  @Test
  void librariesKeepTheirStackTracesToThemselves() {
    var context = new LoggerContext();
    new LogSetup().configure(context);

    assertThat(context.getLogger("org.sqlite.SQLiteJDBCLoader").isErrorEnabled()).isFalse();
    assertThat(context.getLogger("io.netty.util.NetUtil").isWarnEnabled()).isFalse();
    assertThat(context.getLogger("io.kadenza.store.BatchingStore").isWarnEnabled()).isTrue();
  }

  /// What a peer sends ends up in messages, those of exceptions included.
  @Test
  void nothingThatIsLoggedSteersTheTerminal() {
    var context = new LoggerContext();
    new LogSetup().configure(context);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var console = (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
    var event =
        new LoggingEvent(
            "",
            root,
            Level.WARN,
            "a\u001b[2Jb\u009b2Jb", // the same, and in one character
            new IllegalStateException("c\u001b[2Jd\u009b2Jd"),
            null);

    String line = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line).contains("a?[2Jb?2Jb").containsOnlyOnce("c?[2Jd?2Jd").contains("\tat ");
    assertThat(line).doesNotContain("\u001b", "\u009b");
  }
}
