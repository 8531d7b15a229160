package io.kadenza.crypto;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A key file cannot be used as it is. The message is one line that says what to fix, for the
/// person who owns the file; it holds no secret.
public final class KeyFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyFileException(Path file, String fault) {
    this(file, fault, null);
  }

  KeyFileException(Path file, String fault, @Nullable Throwable cause) {
    super("key file " + file + " " + fault, cause);
  }
}
