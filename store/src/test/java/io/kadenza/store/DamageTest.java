package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T43 and T44: files that are cut off, bits that turn over, and writes that never reached the
/// disk. Whatever the damage, what is read is what was written, and what is lost is told.
class DamageTest {
  private static final int ENTRIES = 600;

  /// How many times more damage is done than there is time for in every build.
  private static final int MORE = Integer.getInteger("kadenza.damage", 1);

  private static final String DATABASE = "kad.db";
  private static final String JOURNAL = "kad.db-wal";

  @TempDir private Path parent;
  private int copies;

  private static Bytes key(int i) {
    return Bytes.utf8("key " + i);
  }

  private static Bytes value(int i) {
    return Bytes.utf8("value " + i + " " + "x".repeat(i % 200));
  }

  /// A database after a clean end.
  private Map<String, byte[]> closed() throws IOException {
    Path directory = parent.resolve("closed");
    try (Store store = Store.open(directory)) {
      for (int i = 0; i < ENTRIES; i++) {
        store.table("things").put(key(i), value(i));
      }
    }
    return image(directory);
  }

  /// A database as a power cut finds it, all of it in the journal, one commit for each entry.
  private Map<String, byte[]> inUse(int entries) throws IOException {
    Path directory = parent.resolve("in-use");
    try (Store store = Store.open(directory)) {
      for (int i = 0; i < entries; i++) {
        store.table("things").put(key(i), value(i));
        store.sync().join();
      }
      return image(directory);
    }
  }

  private static Map<String, byte[]> image(Path directory) throws IOException {
    var files = new HashMap<String, byte[]>();
    for (String name : List.of(DATABASE, JOURNAL)) {
      if (Files.exists(directory.resolve(name))) {
        files.put(name, Files.readAllBytes(directory.resolve(name)));
      }
    }
    return files;
  }

  /// A copy of its own, in place of the one before.
  private Path lay(Map<String, byte[]> files) throws IOException {
    if (copies > 0) {
      delete(parent.resolve("copy-" + (copies - 1)));
    }
    Path directory = Files.createDirectory(parent.resolve("copy-" + copies++));
    for (var file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    return directory;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> below;
    try (Stream<Path> files = Files.walk(directory)) {
      below = files.toList();
    }
    for (Path file : below.reversed()) {
      Files.delete(file);
    }
  }

  private Path with(Map<String, byte[]> files, String name, byte[] content) throws IOException {
    var changed = new HashMap<>(files);
    changed.put(name, content);
    return lay(changed);
  }

  /// Opens a store, reads all of it, and fails if anything is wrong.
  private static Reading read(Path directory, String what) {
    try (Store store = Store.open(directory)) {
      var found = new ArrayList<Integer>();
      store
          .table("things")
          .forEach(entry -> {
            int i = Integer.parseInt(entry.key().utf8().substring("key ".length()));
            assertThat(entry.value()).as(what).isEqualTo(value(i));
            found.add(i);
          });
      return new Reading(List.copyOf(found), store.findings());
    } catch (StoreException refused) {
      assertThat(refused.reason()).as(what).isEqualTo(StoreException.Reason.NEWER_FORMAT);
      return new Reading(List.of(), List.of(refused.getMessage()));
    }
  }

  private record Reading(List<Integer> entries, List<String> findings) {}

  private static void assertToldIfLost(Reading reading, Path directory, String what)
      throws IOException {
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

  @Test
  void t43ATurnedBitInTheDatabaseIsNeverReadAsData() throws IOException {
    var whole = closed();
    byte[] database = whole.get(DATABASE);
    var random = new SplittableRandom(43);
    int noticed = 0;
    int saved = 0;
    int flips = 25 * MORE;
    for (int n = 0; n < flips; n++) {
      int bit = random.nextInt(database.length * 8);
      byte[] flipped = database.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String what = "bit " + bit;
      Path directory = with(whole, DATABASE, flipped);
      Reading reading = read(directory, what);
      assertToldIfLost(reading, directory, what);
      noticed += reading.findings().isEmpty() ? 0 : 1;
      saved += reading.entries().size();
    }
    // Some bits lie in free space. Most of what is right is saved, unless the header was hit.
    assertThat(noticed).isGreaterThan(flips / 2);
    assertThat(saved).isGreaterThan(flips * ENTRIES * 3 / 4);
  }

  @Test
  void t43ATruncatedDatabaseIsSetAside() throws IOException {
    var whole = closed();
    byte[] database = whole.get(DATABASE);
    var random = new SplittableRandom(44);
    for (int n = 0; n < 12 * MORE; n++) {
      int length = database.length - 1 - random.nextInt(Math.min(database.length - 1, 65_536));
      String what = "cut to " + length;
      Path directory = with(whole, DATABASE, Arrays.copyOf(database, length));
      Reading reading = read(directory, what);
      assertThat(reading.findings()).as(what).isNotEmpty();
      assertToldIfLost(reading, directory, what);
    }
  }

  @Test
  void t43OfATruncatedJournalTheValidPrefixIsServed() throws IOException {
    int entries = 40;
    var whole = inUse(entries);
    byte[] journal = whole.get(JOURNAL);
    var random = new SplittableRandom(45);
    for (int n = 0; n < 12 * MORE; n++) {
      int length = journal.length - random.nextInt(Math.min(journal.length, 65_536));
      String what = "journal cut to " + length;
      Reading reading = read(with(whole, JOURNAL, Arrays.copyOf(journal, length)), what);
      assertPrefix(reading, what);
    }
    assertThat(read(lay(whole), "whole").entries()).hasSize(entries);
  }

  private static void assertPrefix(Reading reading, String what) {
    List<Integer> sorted = reading.entries().stream().sorted().toList();
    for (int i = 0; i < sorted.size(); i++) {
      assertThat(sorted.get(i)).as(what).isEqualTo(i);
    }
  }

  @Test
  void t43ATurnedBitInTheJournalIsToldUnlessItCouldBeACrash() throws IOException {
    int entries = 40;
    var whole = inUse(entries);
    byte[] journal = whole.get(JOURNAL);
    var random = new SplittableRandom(46);
    for (int n = 0; n < 15 * MORE; n++) {
      int bit = random.nextInt(journal.length * 8);
      byte[] flipped = journal.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String what = "bit " + bit + " of the journal";
      Reading reading = read(with(whole, JOURNAL, flipped), what);
      assertPrefix(reading, what);
      if (reading.entries().size() < entries - 1) {
        assertThat(reading.findings()).as(what).isNotEmpty();
      }
    }
  }

  @Test
  void theFileThatIsSetAsideIsTheDamagedOne() throws IOException {
    var whole = closed();
    byte[] flipped = whole.get(DATABASE).clone();
    flipped[flipped.length / 2] ^= 1;
    Path directory = with(whole, DATABASE, flipped);
    Reading reading = read(directory, "flipped");
    assertThat(reading.findings()).hasSize(1);
    assertThat(directory.resolve("damaged-1").resolve(DATABASE)).hasBinaryContent(flipped);
    assertThat(read(directory, "after that").findings()).isEmpty();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isSubsetOf(DATABASE, "lock", "native", "damaged-1");
    }
  }

  /// T44, the model of a lost fsync: of what changed on the disk since the last acknowledgement,
  /// any sector may be of the earlier time or of the later.
  @Test
  void t44WhatWasAcknowledgedSurvivesAnyMixOfSectorsWrittenSince() throws IOException {
    for (int seed = 0; seed < 15 * MORE; seed++) {
      var random = new SplittableRandom(seed);
      Path directory = parent.resolve("live-" + seed);
      int acknowledged = 1 + random.nextInt(60);
      Map<String, byte[]> before;
      Map<String, byte[]> after;
      int attempted = acknowledged + 1 + random.nextInt(40);
      try (Store store = Store.open(directory)) {
        Table things = store.table("things");
        for (int i = 0; i < acknowledged; i++) {
          things.put(key(i), value(i));
          if (random.nextInt(4) == 0) {
            store.sync().join();
          }
        }
        store.sync().join();
        before = image(directory);
        for (int i = acknowledged; i < attempted; i++) {
          things.put(key(i), value(i));
        }
        store.sync().join();
        after = image(directory);
      }
      String what = "seed " + seed;
      Reading reading = read(lay(mixed(before, after, random)), what);
      assertThat(reading.entries())
          .as(what)
          .hasSizeBetween(acknowledged, attempted)
          .contains(IntStream.range(0, acknowledged).boxed().toArray(Integer[]::new))
          .allMatch(i -> i < attempted);
      assertThat(reading.findings()).as(what).isEmpty();
    }
  }

  private static Map<String, byte[]> mixed(
      Map<String, byte[]> before, Map<String, byte[]> after, SplittableRandom random) {
    final int sector = 512;
    var mixed = new HashMap<String, byte[]>();
    after.forEach((name, late) -> {
      byte[] early = Arrays.copyOf(before.getOrDefault(name, new byte[0]), late.length);
      byte[] image = late.clone();
      for (int at = 0; at < image.length; at += sector) {
        if (random.nextBoolean()) {
          System.arraycopy(early, at, image, at, Math.min(sector, image.length - at));
        }
      }
      mixed.put(name, image);
    });
    return mixed;
  }
}
