package io.kadenza.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
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
}
