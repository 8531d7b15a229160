package io.kadenza.sim.check;

import java.io.Serial;

/// Something happened that must never happen: a bug in the engine or in the simulator.
public final class Violation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// @param rule what must never happen, as a name
  /// @param what what happened, and to whom
  public Violation(String rule, String what) {
    super(rule + ": " + what);
  }

  private Violation(String message, Violation cause) {
    super(message, cause);
  }

  /// The same, with the command that shows it again.
  public Violation replayedBy(String command) {
    return new Violation(getMessage() + "\nreplay: " + command, this);
  }
}
