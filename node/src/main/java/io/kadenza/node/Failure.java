package io.kadenza.node;

import org.jspecify.annotations.Nullable;

/// The program cannot do what it was asked to. The message is one line that says what to fix.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Exit exit;

  public Failure(Exit exit, String message) {
    this(exit, message, null);
  }

  public Failure(Exit exit, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  /// Something that the user has to write differently.
  public static Failure usage(String message) {
    return new Failure(Exit.USAGE, message);
  }

  public Exit exit() {
    return exit;
  }
}
