package io.kadenza.store.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The mark of a database whose damage showed while it was in use. It leaves word for the next
/// start, which does not read large tables, and could not see all damage if it did: that of the
/// list of free pages shows only when something is written.
///
/// @param database its file, beside which the mark is
record SuspectMark(Path database) {
  static final String FILE = "suspect";

  boolean isSet() {
    return Files.exists(file());
  }

  void set() {
    try {
      Files.write(file(), new byte[0]);
    } catch (IOException thenItIsFoundAgain) {
      // By the next commit after the next start.
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file());
  }

  private Path file() {
    return database.resolveSibling(FILE);
  }
}
