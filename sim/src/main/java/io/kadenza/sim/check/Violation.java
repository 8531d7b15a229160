package io.kadenza.sim.check;

import java.io.Serial;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// Something happened that must never happen: a bug in the engine or in the simulator, or less
/// success than a scenario expects.
public final class Violation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What a shell takes as it stands.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

  private final String rule;
  private final Duration time;

  /// @param rule what must never happen, as a name
  /// @param what what happened, and to whom
  public Violation(String rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
    this.time = Duration.ZERO;
  }

  /// An engine, or the simulator, has thrown an exception.
  public Violation(RuntimeException bug) {
    super("crash: " + bug, bug);
    this.rule = "crash";
    this.time = Duration.ZERO;
  }

  private Violation(Violation cause, Duration time, String more) {
    super(cause.getMessage() + more, cause);
    this.rule = cause.rule;
    this.time = time;
  }

  /// The name of what must never happen.
  public String rule() {
    return rule;
  }

  /// When it happened, in virtual time; zero if nobody has said so.
  public Duration time() {
    return time;
  }

  /// The same, with the virtual time.
  public Violation at(Duration now) {
    return new Violation(this, now, "\nafter " + spelled(now) + " of virtual time");
  }

  /// In a scenario's own letters, in which M would be no minute.
  private static String spelled(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// The same, with the command that shows it again and the one that looks for a smaller case.
  ///
  /// @param origin the scenario's file
  public Violation replayedBy(String origin, long seed) {
    String arguments =
        (PLAIN.matcher(origin).matches() ? origin : "'" + origin.replace("'", "'\\''") + "'")
            + " --seed "
            + seed;
    return new Violation(
        this, time, "\nreplay: kad sim run " + arguments + "\nshrink: kad sim shrink " + arguments);
  }
}
