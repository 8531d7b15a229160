package io.kadenza.store.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A database and its journal, copied to a place of their own where a reader may do as it likes. It
/// goes when it is closed.
final class DatabaseCopy implements AutoCloseable {
  private final Path directory;

  private DatabaseCopy(Path directory) {
    this.directory = directory;
  }

  static DatabaseCopy of(Path file, Path journal) throws IOException {
    // Its owner's alone, as the original is.
    var copy = new DatabaseCopy(Files.createTempDirectory("kad-records"));
    try {
      Files.copy(file, copy.file());
      Files.copy(journal, copy.directory.resolve(Sqlite.JOURNAL));
      return copy;
    } catch (IOException failed) {
      copy.close();
      throw failed;
    }
  }

  Path file() {
    return directory.resolve(Sqlite.FILE);
  }

  @Override
  public void close() {
    try {
      for (String suffix : Sqlite.SUFFIXES) {
        Files.deleteIfExists(directory.resolve(Sqlite.FILE + suffix));
      }
      Files.deleteIfExists(directory);
    } catch (IOException itStays) {
      // In the machine's directory for temporary files, which is swept by others.
    }
  }
}
