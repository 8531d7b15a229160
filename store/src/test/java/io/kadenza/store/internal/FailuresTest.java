package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// T44: what the system says when it cannot do its part, and what its user is told.
class FailuresTest {
  @TempDir private Path directory;

  private static IOException said(String reason) {
    return new FileSystemException("kad.db", null, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device,     DISK_FULL",
    "Disk quota exceeded,         DISK_FULL",
    "Read-only file system,       READ_ONLY",
    "Too many open files,         TOO_MANY_FILES",
    "Too many open files in system, TOO_MANY_FILES",
    "Input/output error,          IO"
  })
  void t44TheFileSystemsFailuresAreToldApart(String text, Reason reason) {
    var failure = Failures.of(directory, said(text));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.getMessage()).contains(directory.toString()).doesNotContain("\n");
  }

  @Test
  void t44WhoMayNotWriteIsToldSo() {
    var failure = Failures.of(directory, new AccessDeniedException("kad.db"));

    assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
    assertThat(failure).hasMessage("no access to " + directory + "; check its owner and mode");
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, DISK_FULL",
    "SQLITE_READONLY, READ_ONLY",
    "SQLITE_CANTOPEN, TOO_MANY_FILES",
    "SQLITE_IOERR, IO",
    "SQLITE_CORRUPT, DAMAGED"
  })
  void t44SqlitesFailuresAreToldApart(SQLiteErrorCode code, Reason reason) {
    SQLException failure = new SQLiteException("it says", code);

    assertThat(Failures.of(directory.resolve("kad.db"), failure).reason()).isEqualTo(reason);
  }

  @Test
  void t44WhatCannotBeOpenedWhereNobodyMayWriteIsForWantOfARight() {
    SQLException failure = new SQLiteException("it says", SQLiteErrorCode.SQLITE_CANTOPEN);
    Path nowhere = directory.resolve("nowhere").resolve("kad.db");

    assertThat(Failures.of(nowhere, failure).reason()).isEqualTo(Reason.READ_ONLY);
  }

  @Test
  void tellsWhereSqlitesLibraryDoesNotFit() {
    var failure =
        new SQLException("Error opening connection", new NativeLibraryNotFoundException("none"));

    assertThat(Failures.of(Path.of("kad.db"), failure))
        .hasMessageContaining("cannot be unpacked into " + Sqlite.unpackedInto())
        .hasMessageContaining("noexec");
  }
}
