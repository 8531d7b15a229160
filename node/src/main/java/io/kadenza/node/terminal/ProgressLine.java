package io.kadenza.node.terminal;

import java.util.Locale;

/// A line on standard error that is drawn over itself: a bar, and what stands behind it. Writes
/// nothing where nobody looks or nothing can be drawn over, and leaves nothing when it is closed.
/// Confined to one thread.
public final class ProgressLine implements AutoCloseable {
  private static final int CELLS = 24;

  /// Back to the first column, and clear what stands there.
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private boolean drawn;

  public ProgressLine(Terminal terminal) {
    this.terminal = terminal;
  }

  /// @param share of all that is to be done, 0 to 1
  public void draw(double share, String more) {
    if (!terminal.errIsTty() || "dumb".equals(terminal.environment().get("TERM"))) {
      return;
    }
    drawn = true;
    int full = (int) (CELLS * Math.clamp(share, 0, 1));
    String bar = "█".repeat(full) + "░".repeat(CELLS - full);
    terminal
        .err()
        .print(String.format(Locale.ROOT, "%s%s %3.0f %%  %s", CLEAR, bar, 100 * share, more));
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
