package io.kadenza.node;

import org.jspecify.annotations.Nullable;

/// How many files and connections this process may have open at a time.
public final class FileLimit {
  /// The system's words for it.
  private static final String WORDS = "Too many open files";

  /// Deeper than any chain of causes is.
  private static final int DEPTH = 32;

  private FileLimit() {}

  /// Whether that is what went wrong.
  public static boolean isReached(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < DEPTH && cause != null; i++) {
      if (String.valueOf(cause.getMessage()).contains(WORDS)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /// What to tell the user then.
  public static Failure failure(Exception cause) {
    return new Failure(
        Exit.USAGE,
        "too many files and connections are open for this process; raise the limit (ulimit -n), or"
            + " ask for less at a time",
        cause);
  }
}
