package io.kadenza.store.internal;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Copies of a database that was found damaged, for a person to look at: the newest few, each in a
/// folder of its own, the number of which tells their order.
final class DamagedCopies {
  /// A disk that goes on damaging what it keeps is not to be filled as well.
  static final int KEPT = 3;

  private static final String FOLDER = "damaged-";

  /// As many digits as an `int` holds whatever they are.
  private static final String NUMBERED = FOLDER + "[1-9][0-9]{0,8}";

  private final Path directory;

  /// @param directory of the database
  DamagedCopies(Path directory) {
    this.directory = directory;
  }

  /// Adds a copy of the database as it is now, and removes what is too old.
  ///
  /// @return where it is, and what was removed, for a person
  String add() throws IOException {
    NavigableMap<Integer, Path> folders = folders();
    int number = folders.isEmpty() ? 1 : folders.lastKey() + 1;
    Path aside = Files.createDirectory(directory.resolve(FOLDER + number));
    for (String suffix : Sqlite.SUFFIXES) {
      Path file = directory.resolve(Sqlite.FILE + suffix);
      if (Files.exists(file)) {
        Files.copy(file, aside.resolve(file.getFileName()));
      }
    }
    folders.put(number, aside);
    var removed = new ArrayList<String>();
    while (folders.size() > KEPT) {
      Path oldest = folders.pollFirstEntry().getValue();
      if (remove(oldest)) {
        removed.add(String.valueOf(oldest.getFileName()));
      }
    }
    String kept = aside.resolve(Sqlite.FILE).toString();
    return removed.isEmpty()
        ? kept
        : kept + "; removed the copy in " + String.join(", ", removed) + " to make room";
  }

  private NavigableMap<Integer, Path> folders() throws IOException {
    NavigableMap<Integer, Path> folders = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, FOLDER + "*")) {
      for (Path folder : found) {
        String name = String.valueOf(folder.getFileName());
        if (name.matches(NUMBERED)) {
          folders.put(Integer.parseInt(name.substring(FOLDER.length())), folder);
        }
      }
    }
    return folders;
  }

  /// Removes a copy, and its folder unless somebody else has put something there; tells whether
  /// there was a copy.
  private static boolean remove(Path folder) throws IOException {
    boolean any = false;
    for (String suffix : Sqlite.SUFFIXES) {
      any |= Files.deleteIfExists(folder.resolve(Sqlite.FILE + suffix));
    }
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException | NoSuchFileException othersToo) {
      // Nothing of ours is left in it.
    }
    return any;
  }
}
