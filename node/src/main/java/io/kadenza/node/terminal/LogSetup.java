package io.kadenza.node.terminal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets logging up without a configuration file, which would cost a third of a second: warnings to
/// standard error, and what Kadenza itself does when asked for.
public final class LogSetup extends ContextAwareBase implements Configurator {

  /// For Logback, which finds this class as a service.
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    // Both are escaped by %replace: no peer's text may steer the terminal.
    encoder.setPattern(
        "%d{HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg){'[\\p{Cc}\\p{Cf}]', '?'}%n"
            + "%replace(%ex){'[\\p{Cc}\\p{Cf}&&[^\\r\\n\\t]]', '?'}");
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(console);
    root.setLevel(Level.WARN);
    // SQLite's driver prints a stack trace for what it also throws, and Netty warns with one of
    // what it copes with, such as a machine without a network.
    context.getLogger("org.sqlite").setLevel(Level.OFF);
    context.getLogger("io.netty").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /// Has everything logged that Kadenza does.
  public static void verbose() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("io.kadenza").setLevel(Level.DEBUG);
    }
  }
}
