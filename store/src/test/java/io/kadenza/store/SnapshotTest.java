package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looking into the directory of a store that nobody has open.
class SnapshotTest {
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");

  @TempDir private Path parent;
  private Path directory;

  @BeforeEach
  void inADirectoryWhoseNameIsNoPlainText() {
    directory = parent.resolve("d%20 ?#ä");
  }

  private void fill() {
    try (Store store = Store.open(directory)) {
      store.table("things").put(A, Bytes.utf8("one"));
      store.table("things").put(B, Bytes.utf8("two"));
    }
  }

  /// The files of the directory as bytes, without SQLite's driver and the lock.
  private Map<String, Bytes> files(Path where) throws IOException {
    try (var files = Files.list(where)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(),
                  file -> Bytes.wrap(read(file)),
                  (one, _) -> one,
                  TreeMap::new));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(Path directory, Reason reason) {
    assertThatThrownBy(() -> Snapshot.open(directory))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void readsWhatAClosedStoreLeftAndChangesNothing() throws IOException {
    fill();
    Map<String, Bytes> before = files(directory);

    try (var snapshot = Snapshot.open(directory)) {
      assertThat(snapshot.table("things").get(A)).contains(Bytes.utf8("one"));
      assertThat(snapshot.table("things").scan(Bytes.EMPTY, 10)).hasSize(2);
      assertThat(snapshot.table("none").scan(Bytes.EMPTY, 10)).isEmpty();
      assertThat(snapshot.table("none").get(A)).isEmpty();
      assertThat(snapshot.findings()).isEmpty();
      assertThat(files(directory)).isEqualTo(before);
    }
    assertThat(files(directory)).isEqualTo(before);
  }

  @Test
  void readsWhatAKilledStoreLeftInItsJournalAndLeavesItThere() throws IOException {
    Path left = parent.resolve("left");
    try (Store store = Store.open(directory)) {
      store.table("things").put(A, Bytes.utf8("one"));
      store.sync().join();
      Files.createDirectory(left);
      for (String file : new String[] {"kad.db", "kad.db-wal", "lock"}) {
        Files.copy(directory.resolve(file), left.resolve(file));
      }
    }
    Map<String, Bytes> before = files(left);
    assertThat(before.get("kad.db-wal").size()).isPositive();

    try (var snapshot = Snapshot.open(left)) {
      assertThat(snapshot.table("things").get(A)).contains(Bytes.utf8("one"));
      assertThat(snapshot.findings()).isEmpty();
    }
    assertThat(files(left)).isEqualTo(before);
  }

  @Test
  void whatADamagedJournalHasLostIsTold() throws IOException {
    Path left = Files.createDirectory(parent.resolve("left"));
    try (Store store = Store.open(directory)) {
      for (int i = 0; i < 5; i++) {
        store.table("things").put(A, Bytes.utf8("value " + i));
        store.sync().join();
      }
      for (String file : new String[] {"kad.db", "kad.db-wal", "lock"}) {
        Files.copy(directory.resolve(file), left.resolve(file));
      }
    }
    try (var journal = new RandomAccessFile(left.resolve("kad.db-wal").toFile(), "rw")) {
      journal.seek(journal.length() / 2);
      int old = journal.read();
      journal.seek(journal.length() / 2);
      journal.write(old ^ 1);
    }

    try (var snapshot = Snapshot.open(left)) {
      assertThat(snapshot.findings())
          .containsExactly(
              left.resolve("kad.db-wal") + " is damaged: what was written last is not shown");
    }
  }

  @Test
  void ofALargeTableAllIsChecked() throws Exception {
    try (Store store = Store.open(directory)) {
      for (int i = 0; i < 5_000; i++) {
        store.table("things").put(Bytes.utf8("key " + i), A);
      }
    }
    Path file = directory.resolve("kad.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM things WHERE key = CAST('key 77' AS BLOB)");
    }

    assertRefused(directory, Reason.DAMAGED);
  }

  @Test
  void aDirectoryThatAStoreHasIsNotRead() {
    try (Store _ = Store.open(directory)) {
      assertRefused(directory, Reason.IN_USE);
    }
  }

  @Test
  void aStoreWaitsUntilItIsClosed() {
    fill();
    try (var _ = Snapshot.open(directory)) {
      assertThatThrownBy(() -> Store.open(directory)).isInstanceOf(StoreException.class);
    }
    Store.open(directory).close();
  }

  @Test
  void whereNoStoreWasNothingIsMade() {
    assertRefused(directory, Reason.MISSING);
    assertThat(directory).doesNotExist();
  }

  @Test
  void aLinkThatLeadsNowhereIsRefusedByItsName() throws IOException {
    fill();
    Path lock = directory.resolve("lock");
    Files.delete(lock);
    Files.createSymbolicLink(lock, parent.resolve("nowhere"));

    assertThatThrownBy(() -> Snapshot.open(directory)).hasMessageContaining(lock + " is a");
  }

  @Test
  void ofADirectoryThatMayNotBeEnteredNothingIsSaidButThat() throws IOException {
    fill();
    Files.setPosixFilePermissions(directory, Set.of());
    try {
      assumeThat(Files.isExecutable(directory)).as("everything is open to root").isFalse();
      assertThatThrownBy(() -> Snapshot.open(directory))
          .hasMessageContaining("no access to " + directory);
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void damageIsToldAndLeftForTheNextStart() throws IOException {
    fill();
    try (var file = new RandomAccessFile(directory.resolve("kad.db").toFile(), "rw")) {
      byte[] bytes = new byte[(int) file.length()];
      file.readFully(bytes);
      int at = Bytes.wrap(bytes).toHex().indexOf(Bytes.utf8("two").toHex()) / 2;
      file.seek(at);
      file.write('T');
    }
    Map<String, Bytes> before = files(directory);

    assertRefused(directory, Reason.DAMAGED);

    assertThat(files(directory)).isEqualTo(before);
  }
}
