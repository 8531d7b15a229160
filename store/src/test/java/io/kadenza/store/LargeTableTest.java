package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables that are too large to be read whenever the store is opened: their damage is found when
/// all of them is read, and mended at the next opening.
class LargeTableTest {
  private static final int ENTRIES = 4_500;

  private static DatabaseImage whole = new DatabaseImage(Map.of());

  @TempDir(factory = InMemory.class)
  private Path directory;

  @BeforeAll
  static void fill(@TempDir(factory = InMemory.class) Path once) throws IOException {
    try (Store store = Store.open(once)) {
      for (int i = 0; i < ENTRIES; i++) {
        DatabaseImage.put(store, i);
      }
    }
    whole = DatabaseImage.of(once);
  }

  @BeforeEach
  void lay() throws IOException {
    whole.layInto(directory);
  }

  private void change(String... lines) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("kad.db"));
        var statement = connection.createStatement()) {
      for (String line : lines) {
        statement.execute(line);
      }
    }
  }

  private void assertFoundWhenRead() {
    try (Store store = Store.open(directory)) {
      assertThat(store.findings()).isEmpty();
      assertThatThrownBy(() -> store.table("things").forEach(_ -> {}))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
    }
  }

  private int entriesAfterMending() throws IOException {
    var reading = DatabaseImage.readThere(directory, "mended");
    assertThat(reading.findings()).singleElement().asString().contains("was damaged");
    return reading.entries().size();
  }

  @Test
  void aWholeOneIsReadInItsOrder() {
    try (Store store = Store.open(directory)) {
      var keys = new ArrayList<Bytes>();
      store.table("things").forEach(entry -> keys.add(entry.key()));
      assertThat(keys).hasSize(ENTRIES).isSorted();
      assertThat(store.findings()).isEmpty();
    }
  }

  @Test
  void t43ARowThatIsNotWhatWasWrittenIsFoundWhenItIsReadAndLeftOutAfterThat() throws Exception {
    change("UPDATE things SET value = CAST('other' AS BLOB) WHERE key = CAST('key 77' AS BLOB)");

    assertFoundWhenRead();

    assertThat(entriesAfterMending()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void t43ARowThatIsMissingIsToldWhenAllIsRead() throws Exception {
    change("DELETE FROM things WHERE key = CAST('key 77' AS BLOB)");

    assertFoundWhenRead();

    assertThat(entriesAfterMending()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void t43ASingleReadThatFindsDamageIsEnoughForTheNextOpeningToMendIt() throws Exception {
    change("UPDATE things SET sum = sum + 1 WHERE key = CAST('key 77' AS BLOB)");
    try (Store store = Store.open(directory)) {
      assertThatThrownBy(() -> store.table("things").get(Bytes.utf8("key 77")))
          .isInstanceOf(StoreException.class);
      assertThat(store.table("things").get(Bytes.utf8("key 78"))).isPresent();
    }

    assertThat(entriesAfterMending()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void t43AValueThatDamageHasTurnedIntoNothingIsDamage() throws Exception {
    change(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'value BLOB NOT NULL', 'value BLOB')");
    change("UPDATE things SET value = NULL WHERE key = CAST('key 77' AS BLOB)");
    try (Store store = Store.open(directory)) {
      Table things = store.table("things");
      assertThatThrownBy(() -> things.get(Bytes.utf8("key 77"))).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> things.scan(Bytes.utf8("key 77"), 1))
          .isInstanceOf(StoreException.class);
    }

    assertThat(entriesAfterMending()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void t43DamageDoesNotMakeASmallTablePassForALargeOne() throws Exception {
    change("DELETE FROM things WHERE key > CAST('key 3' AS BLOB)");
    change("UPDATE kadenza_tables SET entries = 1000000");

    assertThat(entriesAfterMending()).isBetween(1, ENTRIES / 2);
  }

  @Test
  void whatWaitsForTheDiskIsReadToo() {
    try (Store store = Store.open(directory)) {
      DatabaseImage.put(store, ENTRIES);
      var count = new ArrayList<Bytes>();
      store.table("things").forEach(entry -> count.add(entry.key()));
      assertThat(count).hasSize(ENTRIES + 1);
    }
  }

  @Test
  void whatTheReaderChangesMeanwhileDoesNotDisturbIt() {
    try (Store store = Store.open(directory)) {
      Table things = store.table("things");
      var count = new ArrayList<Bytes>();
      things.forEach(entry -> {
        count.add(entry.key());
        things.delete(entry.key());
        if (count.size() == 2_000) {
          store.sync().join();
        }
      });
      assertThat(count).hasSize(ENTRIES);
      store.sync().join();
      assertThat(things.scan(Bytes.EMPTY, 10)).isEmpty();
    }
  }
}
