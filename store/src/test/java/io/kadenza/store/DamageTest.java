package io.kadenza.store;

import static io.kadenza.store.DatabaseImage.DATABASE;
import static io.kadenza.store.DatabaseImage.JOURNAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.store.DatabaseImage.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T43: files that are cut off, and bits that turn over. Whatever the damage, what is read is what
/// was written, and what is lost is told.
class DamageTest {
  private static final int ENTRIES = 600;

  /// Those of a database that is all in its journal, one commit for each.
  private static final int COMMITS = 40;

  /// As much of a file's end as is cut off, at every single byte with `-Dkadenza.damage=5462`.
  private static final int END = 65_536;

  @TempDir(factory = InMemory.class)
  private Path parent;

  /// A database after a clean end.
  private DatabaseImage closed() throws IOException {
    Path directory = parent.resolve("closed");
    try (Store store = Store.open(directory)) {
      for (int i = 0; i < ENTRIES; i++) {
        DatabaseImage.put(store, i);
      }
    }
    return DatabaseImage.of(directory);
  }

  /// A database as a power cut finds it.
  private DatabaseImage inUse() throws IOException {
    Path directory = parent.resolve("in-use");
    try (Store store = Store.open(directory)) {
      for (int i = 0; i < COMMITS; i++) {
        DatabaseImage.put(store, i);
        store.sync().join();
      }
      return DatabaseImage.of(directory);
    }
  }

  private static void assertToldIfLost(Reading reading, Path directory, String what) {
    if (reading.entries().size() < ENTRIES) {
      assertThat(reading.findings()).as(what).isNotEmpty();
    }
    for (String finding : reading.findings()) {
      if (finding.contains("kept as")) {
        Path kept = Path.of(finding.substring(finding.indexOf("kept as ") + 8));
        assertThat(kept).as(what).startsWith(directory).exists();
      }
    }
  }

  private static void assertPrefix(Reading reading, String what) {
    assertThat(reading.entries())
        .as(what)
        .isEqualTo(IntStream.range(0, reading.entries().size()).boxed().toList());
  }

  @Test
  void t43ATurnedBitInTheDatabaseIsNeverReadAsData() throws IOException {
    var whole = closed();
    var noticed = new LongAdder();
    long saved =
        new Cases(43, parent)
            .run(
                25,
                (random, directory, what) -> {
                  int bit = random.nextInt(whole.length(DATABASE) * 8);
                  Reading reading =
                      whole.flipped(DATABASE, bit).read(directory, what + ", bit " + bit);
                  assertToldIfLost(reading, directory, what);
                  noticed.add(reading.findings().isEmpty() ? 0 : 1);
                  return reading.entries().size();
                });
    // Some bits lie in free space. Most of what is right is saved, unless a header was hit.
    assertThat(noticed.sum()).isGreaterThan(Cases.count(25) / 2);
    assertThat(saved).isGreaterThan(Cases.count(25) * ENTRIES * 3L / 4);
  }

  @Test
  void t43ATruncatedDatabaseIsSetAside() throws IOException {
    var whole = closed();
    int length = whole.length(DATABASE);
    new Cases(44, parent)
        .runOver(
            Math.min(length - 1, END),
            12,
            (offset, directory, what) -> {
              int left = length - 1 - offset;
              Reading reading =
                  whole.cut(DATABASE, left).read(directory, what + ", cut to " + left);
              assertThat(reading.findings()).as(what).isNotEmpty();
              assertToldIfLost(reading, directory, what);
              return 1;
            });
  }

  @Test
  void t43OfATruncatedJournalTheValidPrefixIsServed() throws IOException {
    var whole = inUse();
    int length = whole.length(JOURNAL);
    new Cases(45, parent)
        .runOver(
            Math.min(length, END),
            12,
            (offset, directory, what) -> {
              int left = length - offset;
              assertPrefix(
                  whole.cut(JOURNAL, left).read(directory, what + ", cut to " + left), what);
              return 1;
            });
    assertThat(whole.read(parent.resolve("whole"), "whole").entries()).hasSize(COMMITS);
  }

  @Test
  void t43ATurnedBitInTheJournalIsToldUnlessItCouldBeACrash() throws IOException {
    var whole = inUse();
    new Cases(46, parent)
        .run(
            15,
            (random, directory, what) -> {
              int bit = random.nextInt(whole.length(JOURNAL) * 8);
              Reading reading = whole.flipped(JOURNAL, bit).read(directory, what + ", bit " + bit);
              assertPrefix(reading, what);
              if (reading.entries().size() < COMMITS - 1) {
                assertThat(reading.findings()).as(what).isNotEmpty();
              }
              return 1;
            });
  }

  @Test
  void theFileThatIsSetAsideIsTheDamagedOne() throws IOException {
    var whole = closed();
    var flipped = whole.flipped(DATABASE, whole.length(DATABASE) / 2 * 8);
    Path directory = parent.resolve("flipped");
    Reading reading = flipped.read(directory, "flipped");
    assertThat(reading.findings()).hasSize(1);
    assertThat(directory.resolve("damaged-1").resolve(DATABASE))
        .hasBinaryContent(flipped.files().get(DATABASE));
    assertThat(DatabaseImage.readThere(directory, "after that").findings()).isEmpty();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isSubsetOf(DATABASE, "lock", "native", "damaged-1");
    }
  }
}
