package io.kadenza.store.internal;

import io.kadenza.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What is done about a directory before its database is connected to: it is made if there is none,
/// locked, looked through for damage, and mended.
///
/// @param directory of the database
record Opening(Path directory) {
  private static final String NATIVE = "native";

  /// Larger tables are checked when they are read, which their readers do as soon as they have the
  /// store: to read them twice would make a restart after a crash take twice as long.
  static final int SMALL = 4_096;

  /// @throws StoreException as [io.kadenza.store.Store#open]
  SqliteDatabase open() {
    makeDirectory();
    Sqlite.checkFiles(directory);
    DirectoryLock lock = DirectoryLock.take(directory);
    try {
      Sqlite.unpackInto(directory.resolve(NATIVE));
      return SqliteDatabase.connect(file(), lock::close, mend());
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  private void makeDirectory() {
    try {
      if (!Files.isDirectory(directory)) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
          // Its owner's alone: an identity may come to lie in it.
          Files.createDirectory(
              directory,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectory(directory);
        }
      }
    } catch (IOException failure) {
      throw Failures.of(directory, failure);
    }
  }

  private Path file() {
    return directory.resolve(Sqlite.FILE);
  }

  /// @return what was found and done, for a person
  private List<String> mend() {
    var findings = new ArrayList<String>();
    if (Files.exists(file())) {
      boolean readable = Sqlite.inspect(file());
      if (hasDamagedJournal()) {
        findings.add(Quarantine.keepJournal(directory));
      }
      if (!readable || new SuspectMark(file()).isSet() || !isWhole()) {
        findings.add(Quarantine.replace(directory));
      }
    }
    return findings;
  }

  private boolean hasDamagedJournal() {
    Path journal = directory.resolve(Sqlite.JOURNAL);
    try {
      return Journal.isDamaged(journal);
    } catch (IOException failure) {
      throw Failures.of(journal, failure);
    }
  }

  private boolean isWhole() {
    try (var connection = Sqlite.connect(file(), true)) {
      return new Verification(connection).passes(SMALL);
    } catch (SQLException failure) {
      if (Failures.isDamage(failure)) {
        return false;
      }
      throw Failures.of(file(), failure);
    }
  }
}
