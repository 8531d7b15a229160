package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import io.kadenza.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  @TempDir private Path directory;

  /// Here by something that is in the way of the last step; it may as well be a kill.
  @Test
  void t43WhatInterruptsItLeavesTheDatabaseInItsPlace() throws Exception {
    var database = SqliteDatabase.open(directory);
    database.commit(List.of(new Change("things", Bytes.utf8("a"), Optional.of(Bytes.EMPTY))));
    database.close();
    Path file = directory.resolve(Sqlite.FILE);
    byte[] before = Files.readAllBytes(file);
    Files.createDirectories(directory.resolve(Sqlite.FILE + "-shm").resolve("in the way"));

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> Quarantine.replace(directory));

    assertThat(file).hasBinaryContent(before);
  }
}
