package io.kadenza.sim.scenario;

import java.io.Serial;

/// A scenario file that cannot be used; the message names the file, the line and what may stand
/// there.
public final class ScenarioException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int line;

  /// @param line from 1
  public ScenarioException(String file, int line, String what) {
    super(file + ":" + line + ": " + what);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
