package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.NativeLibraryNotFoundException;

class FailuresTest {
  @Test
  void tellsWhereSqlitesLibraryDoesNotFit() {
    var failure =
        new SQLException("Error opening connection", new NativeLibraryNotFoundException("none"));

    assertThat(Failures.of(Path.of("kad.db"), failure))
        .hasMessageContaining("cannot be unpacked into " + Sqlite.unpackedInto())
        .hasMessageContaining("noexec");
  }
}
