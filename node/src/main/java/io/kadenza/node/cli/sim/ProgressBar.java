package io.kadenza.node.cli.sim;

import io.kadenza.node.terminal.ProgressLine;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.Progress;
import java.time.Duration;
import java.util.Locale;

/// How much virtual time has passed, and how much faster than real time it does. Confined to the
/// main thread.
final class ProgressBar implements Progress, AutoCloseable {
  private static final long REDRAW_NANOS = 200_000_000L;

  private final ProgressLine line;
  private final long startedAt = System.nanoTime();
  private long drawnAt = startedAt;

  ProgressBar(Terminal terminal) {
    this.line = new ProgressLine(terminal);
  }

  @Override
  public void at(Duration now, Duration end, long messages) {
    long real = System.nanoTime();
    if (real - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = real;
    line.draw(
        now.toNanos() / (double) Math.max(1, end.toNanos()),
        String.format(
            Locale.ROOT,
            "%d:%02d h of virtual time, %,.0f× real time, %,d messages",
            now.toHours(),
            now.toMinutesPart(),
            now.toNanos() / (double) (real - startedAt),
            messages));
  }

  @Override
  public void close() {
    line.close();
  }
}
