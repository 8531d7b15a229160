package io.kadenza.node.cli;

import io.kadenza.kad.provide.SweepStats;
import io.kadenza.node.terminal.Terminal;
import java.util.Locale;

/// One line on the terminal: how many keys the network has been told of. Writes nothing where
/// nobody looks. Confined to the main thread.
final class ProvideProgress implements AutoCloseable {
  private static final int CELLS = 24;

  /// Back to the first column, and clear what stands there.
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private boolean drawn;

  ProvideProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  void at(SweepStats now) {
    if (!terminal.errIsTty()) {
      return;
    }
    drawn = true;
    int done = now.keys() - now.waiting();
    double share = done / (double) Math.max(1, now.keys());
    int full = (int) (CELLS * share);
    String pace =
        now.offline()
            ? "nobody answers"
            : String.format(Locale.ROOT, "%,d messages", now.messages());
    terminal
        .err()
        .print(
            String.format(
                Locale.ROOT,
                "%s%s%s %3.0f %%  %,d of %,d keys, %s",
                CLEAR,
                "█".repeat(full),
                "░".repeat(CELLS - full),
                100 * share,
                done,
                now.keys(),
                pace));
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
