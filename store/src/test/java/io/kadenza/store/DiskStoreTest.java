package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskStoreTest extends StoreContract {
  @TempDir private Path parent;

  private Path directory() {
    return parent.resolve("data");
  }

  @Override
  Store open() {
    return Store.open(directory());
  }

  private static void assertFails(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void whatIsSyncedIsThereAfterReopening() {
    try (Store store = open()) {
      store.table("things").put(A, ONE);
      store.table("things").put(B, TWO);
      store.sync().join();
      store.table("things").delete(B);
    }
    try (Store store = open()) {
      assertThat(store.table("things").scan(Bytes.EMPTY, 10)).containsExactly(new Entry(A, ONE));
      assertThat(store.findings()).isEmpty();
    }
  }

  @Test
  void t46ASecondStoreOnTheDirectoryIsRefusedUntilTheFirstIsClosed() {
    try (Store _ = open()) {
      assertFails(this::open, Reason.IN_USE);
    }
    open().close();
  }

  @Test
  void t46ALockFileThatAKilledProcessLeftKeepsNobodyOut() throws IOException {
    Files.createDirectories(directory());
    Files.writeString(directory().resolve("lock"), "");
    open().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "kad.db", "kad.db-wal", "kad.db-shm"})
  void aLinkThatLeadsNowhereIsRefusedByItsName(String name) throws IOException {
    Path link = Files.createDirectories(directory()).resolve(name);
    Files.createSymbolicLink(link, parent.resolve("nowhere"));

    assertThatThrownBy(this::open).hasMessageContaining(link + " is a directory, pipe");
    assertThat(parent.resolve("nowhere")).doesNotExist();
  }

  @Test
  void t46ADirectoryOfALaterVersionIsRefusedAndLeftAsItIs() throws IOException {
    open().close();
    Path file = directory().resolve("kad.db");
    // The user version in the header of SQLite's file format.
    try (var header = new RandomAccessFile(file.toFile(), "rw")) {
      header.seek(60);
      header.writeInt(2);
    }
    byte[] before = Files.readAllBytes(file);

    assertFails(this::open, Reason.NEWER_FORMAT);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var files = Files.list(directory())) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .isSubsetOf("kad.db", "lock", "native");
    }
  }

  @Test
  void anotherProgramsDatabaseIsRefused() throws IOException {
    open().close();
    try (var header = new RandomAccessFile(directory().resolve("kad.db").toFile(), "rw")) {
      header.seek(68);
      header.writeInt(0x12345678);
    }
    assertFails(this::open, Reason.NEWER_FORMAT);
  }

  @Test
  void theDirectoryIsItsOwnersAlone() throws IOException {
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsAClearError() throws IOException {
    Files.writeString(directory(), "no directory");
    assertFails(this::open, Reason.IO);
  }
}
