package io.kadenza.store.internal;

import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What the file system's and SQLite's errors mean to whoever runs a node.
final class Failures {
  private Failures() {}

  static StoreException of(Path where, IOException failure) {
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof AccessDeniedException) {
      return new StoreException(
          Reason.READ_ONLY, "no access to " + where + "; check its owner and mode", failure);
    }
    if (said.contains("read-only file system")) {
      return new StoreException(
          Reason.READ_ONLY, "cannot write to " + where + ": its file system is read-only", failure);
    }
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return diskFull(where, failure);
    }
    if (isWantOfFiles(failure)) {
      return tooManyFiles(where, failure);
    }
    return new StoreException(
        Reason.IO,
        "cannot use " + where + ": " + failure.getClass().getSimpleName() + " " + said,
        failure);
  }

  /// EMFILE and ENFILE, which Java tells apart from other failures by their text alone.
  private static boolean isWantOfFiles(IOException failure) {
    return String.valueOf(failure.getMessage())
        .toLowerCase(Locale.ROOT)
        .contains("too many open files");
  }

  static StoreException of(Path where, SQLException failure) {
    if (failure.getCause() instanceof NativeLibraryNotFoundException) {
      return new StoreException(
          Reason.IO,
          "cannot use "
              + where
              + ": SQLite's library cannot be unpacked into "
              + Sqlite.unpackedInto()
              + "; is the disk full, or may no program be run from it (noexec)?",
          failure);
    }
    if (!(failure instanceof SQLiteException sqlite)) {
      return new StoreException(
          Reason.IO, "cannot use " + where + ": " + failure.getMessage(), failure);
    }
    // The low byte is the kind, the others say more.
    int kind = sqlite.getResultCode().code & 0xff;
    if (kind == SQLiteErrorCode.SQLITE_FULL.code) {
      return diskFull(where, failure);
    }
    if (kind == SQLiteErrorCode.SQLITE_CANTOPEN.code && mayBeWritten(where)) {
      return tooManyFiles(where, failure);
    }
    if (kind == SQLiteErrorCode.SQLITE_READONLY.code
        || kind == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || kind == SQLiteErrorCode.SQLITE_PERM.code) {
      return readOnly(where, failure);
    }
    if (isDamage(sqlite)) {
      return new StoreException(
          Reason.DAMAGED, where + " is damaged; the next start sets it aside", failure);
    }
    return new StoreException(
        Reason.IO, "cannot use " + where + ": " + failure.getMessage(), failure);
  }

  /// Whether a database says of itself that it is none. Our statements have no faults of their own,
  /// so one that SQLite does not understand comes from a damaged schema.
  static boolean isDamage(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) {
      return false;
    }
    int code = sqlite.getResultCode().code;
    int kind = code & 0xff;
    return code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code
        || kind == SQLiteErrorCode.SQLITE_CORRUPT.code
        || kind == SQLiteErrorCode.SQLITE_NOTADB.code
        || kind == SQLiteErrorCode.SQLITE_ERROR.code
        || kind == SQLiteErrorCode.SQLITE_FORMAT.code;
  }

  private static StoreException readOnly(Path where, Exception failure) {
    return new StoreException(
        Reason.READ_ONLY, "cannot write to " + where + "; check its owner and mode", failure);
  }

  /// SQLite says of a file that it cannot open it, and not why. If it is not for want of a right,
  /// it is for want of a file descriptor.
  private static boolean mayBeWritten(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return directory != null
        && Files.isWritable(directory)
        && (Files.notExists(file) || Files.isWritable(file));
  }

  private static StoreException tooManyFiles(Path where, Exception failure) {
    return new StoreException(
        Reason.TOO_MANY_FILES,
        "cannot open " + where + ": too many files are open; raise the limit (ulimit -n)",
        failure);
  }

  private static StoreException diskFull(Path where, Exception failure) {
    return new StoreException(Reason.DISK_FULL, "no room left on the disk of " + where, failure);
  }
}
