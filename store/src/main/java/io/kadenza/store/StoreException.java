package io.kadenza.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A store cannot do what it was asked. The message is one line that says what to fix.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What is in the way.
  public enum Reason {
    /// Another process, or another store of this one, has the directory.
    IN_USE,
    /// There is no store in the directory, where one was to be read, or the open one is there no
    /// more.
    MISSING,
    /// The directory was written by a later version, and was left as it is.
    NEWER_FORMAT,
    /// It may be read but not written to.
    READ_ONLY,
    DISK_FULL,
    /// The process, or the machine, has as many files open as it may.
    TOO_MANY_FILES,
    /// What was read is not what was written.
    DAMAGED,
    /// The file system failed otherwise.
    IO,
    /// More changes wait for the disk than may, by far: nobody asked [Store#accepts].
    OVERLOADED,
    CLOSED
  }

  private final Reason reason;

  public StoreException(Reason reason, String message) {
    this(reason, message, null);
  }

  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Reason reason() {
    return reason;
  }
}
