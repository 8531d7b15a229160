package io.kadenza.node;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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

  /// A file that the user names cannot be used.
  ///
  /// @param attempt what was tried with it, such as `cannot read node.key`
  public static Failure file(String attempt, IOException cause) {
    return new Failure(Exit.USAGE, attempt + " (" + reason(cause) + ")", cause);
  }

  /// Why a file cannot be used, in a person's words.
  public static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException gone -> "there is no " + gone.getFile();
      case AccessDeniedException denied -> "no access to " + denied.getFile();
      case CharacterCodingException _ -> "it is not text in UTF-8";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(cause.getMessage());
    };
  }

  public Exit exit() {
    return exit;
  }
}
