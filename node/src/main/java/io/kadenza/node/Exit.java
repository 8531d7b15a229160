package io.kadenza.node;

/// What the program's exit status says. The numbers are part of its interface.
public enum Exit {
  OK(0),
  /// A fault of the program's own.
  INTERNAL(1),
  /// Something on the command line, or a file or address that it names, cannot be used.
  USAGE(2),
  /// The search is over, and there is nothing.
  NOT_FOUND(3),
  /// The time allowed is over; what there was has been printed.
  TIMEOUT(4),
  /// No peer could be reached.
  NO_PEER(5),
  /// A record breaks its rules, or peers say so.
  INVALID_RECORD(6),
  /// By Ctrl-C: 128 and the number of the signal.
  INTERRUPTED(130);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
