package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedCopiesTest {
  @TempDir private Path directory;

  @BeforeEach
  void aDatabase() throws IOException {
    Files.writeString(directory.resolve(Sqlite.FILE), "damaged");
  }

  private List<String> folders() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isDirectory).map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void theNewestFewAreKeptAndItIsSaidWhichAreNot() throws IOException {
    var copies = new DamagedCopies(directory);
    for (int i = 1; i <= DamagedCopies.KEPT; i++) {
      assertThat(copies.add()).endsWith(Sqlite.FILE);
    }
    Files.writeString(directory.resolve(Sqlite.FILE), "once more");
    assertThat(copies.add())
        .isEqualTo(
            directory.resolve("damaged-4/kad.db") + "; removed the copy in damaged-1 to make room");
    assertThat(folders()).containsExactlyInAnyOrder("damaged-2", "damaged-3", "damaged-4");
    assertThat(directory.resolve("damaged-4/kad.db")).hasContent("once more");
  }

  @Test
  void whatIsSomebodyElsesStays() throws IOException {
    Files.createDirectory(directory.resolve("damaged-badly"));
    Files.createDirectory(directory.resolve("damaged-02"));
    var copies = new DamagedCopies(directory);
    copies.add();
    Files.writeString(directory.resolve("damaged-1/notes"), "what I found");
    for (int i = 0; i < DamagedCopies.KEPT; i++) {
      copies.add();
    }
    assertThat(directory.resolve("damaged-1/notes")).hasContent("what I found");
    assertThat(directory.resolve("damaged-1/kad.db")).doesNotExist();
    assertThat(copies.add()).contains("damaged-2").doesNotContain("damaged-1");
    assertThat(folders()).contains("damaged-badly", "damaged-02");
  }
}
