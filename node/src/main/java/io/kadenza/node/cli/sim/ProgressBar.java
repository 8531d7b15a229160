package io.kadenza.node.cli.sim;

import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.Progress;
import java.time.Duration;
import java.util.Locale;

/// One line on the terminal: how much virtual time has passed, and how much faster than real time
/// it does. Writes nothing where nobody looks. Confined to the main thread.
final class ProgressBar implements Progress, AutoCloseable {
  private static final int CELLS = 24;
  private static final long REDRAW_NANOS = 200_000_000L;

  /// Back to the first column, and clear what stands there.
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private final long startedAt = System.nanoTime();
  private long drawnAt = startedAt;
  private boolean drawn;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void at(Duration now, Duration end, long messages) {
    long real = System.nanoTime();
    if (!terminal.errIsTty() || real - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = real;
    drawn = true;
    double share = Math.clamp(now.toNanos() / (double) Math.max(1, end.toNanos()), 0, 1);
    int full = (int) (CELLS * share);
    double speed = now.toNanos() / (double) (real - startedAt);
    terminal
        .err()
        .print(
            String.format(
                Locale.ROOT,
                "%s%s%s %3.0f %%  %d:%02d h of virtual time, %,.0f× real time, %,d messages",
                CLEAR,
                "█".repeat(full),
                "░".repeat(CELLS - full),
                100 * share,
                now.toHours(),
                now.toMinutesPart(),
                speed,
                messages));
    terminal.err().flush();
  }

  @Override
  public void close() {
    if (drawn) {
      terminal.err().print(CLEAR);
      terminal.err().flush();
    }
  }
}
