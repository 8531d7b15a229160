package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store does, whatever it stands on.
abstract class StoreContract {
  static final Bytes A = Bytes.utf8("a");
  static final Bytes B = Bytes.utf8("b");
  static final Bytes ONE = Bytes.utf8("one");
  static final Bytes TWO = Bytes.utf8("two");

  abstract Store open();

  @Test
  void whatIsPutIsReadAtOnceAndAfterTheCommit() {
    try (Store store = open()) {
      Table table = store.table("things");
      assertThat(table.get(A)).isEmpty();
      table.put(A, ONE);
      assertThat(table.get(A)).contains(ONE);
      store.sync().join();
      assertThat(table.get(A)).contains(ONE);
    }
  }

  @Test
  void aLaterChangeCoversAnEarlierOne() {
    try (Store store = open()) {
      Table table = store.table("things");
      table.put(A, ONE);
      store.sync().join();
      table.put(A, TWO);
      assertThat(table.get(A)).contains(TWO);
      table.delete(A);
      assertThat(table.get(A)).isEmpty();
      assertThat(table.scan(Bytes.EMPTY, 10)).isEmpty();
      store.sync().join();
      assertThat(table.get(A)).isEmpty();
    }
  }

  @Test
  void tablesDoNotMix() {
    try (Store store = open()) {
      store.table("things").put(A, ONE);
      store.table("others").put(A, TWO);
      store.sync().join();
      assertThat(store.table("things").get(A)).contains(ONE);
      assertThat(store.table("others").get(A)).contains(TWO);
      assertThat(store.table("none").scan(Bytes.EMPTY, 10)).isEmpty();
    }
  }

  @Test
  void theEmptyKeyAndTheEmptyValueAreAsGoodAsAnyOther() {
    try (Store store = open()) {
      Table table = store.table("things");
      table.put(Bytes.EMPTY, Bytes.EMPTY);
      store.sync().join();
      assertThat(table.scan(Bytes.EMPTY, 10)).containsExactly(new Entry(Bytes.EMPTY, Bytes.EMPTY));
    }
  }

  @Test
  void syncingNothingIsDoneAtOnce() {
    try (Store store = open()) {
      assertThat(store.sync()).isCompleted();
    }
  }

  @Test
  void keysAreOrderedByUnsignedByte() {
    try (Store store = open()) {
      Table table = store.table("things");
      Bytes low = Bytes.fromHex("7f");
      Bytes high = Bytes.fromHex("80");
      table.put(high, ONE);
      table.put(Bytes.fromHex("7f00"), ONE);
      table.put(low, ONE);
      store.sync().join();
      assertThat(table.scan(Bytes.EMPTY, 10))
          .extracting(Entry::key)
          .containsExactly(low, Bytes.fromHex("7f00"), high);
      assertThat(table.scan(high, 10)).hasSize(1);
      assertThat(table.scan(Bytes.EMPTY, 2)).hasSize(2);
    }
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    try (Store store = open()) {
      Table table = store.table("things");
      assertThatThrownBy(() -> table.put(Bytes.wrap(new byte[Table.MAX_KEY_BYTES + 1]), ONE))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> table.put(A, Bytes.wrap(new byte[Table.MAX_VALUE_BYTES + 1])))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.table("Things; DROP"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClosedStoreTakesNothing() {
    Store store = open();
    Table table = store.table("things");
    store.close();
    store.close();
    assertThatThrownBy(() -> table.put(A, ONE))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CLOSED));
  }

  /// Against a plain map: gets and pages in the middle of commits that come when they like.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void itBehavesAsAMapDoes(long seed) {
    var random = new SplittableRandom(seed);
    var expected = new TreeMap<Bytes, Bytes>();
    try (Store store = open()) {
      Table table = store.table("things");
      for (int i = 0; i < 600; i++) {
        Bytes key = Bytes.wrap(new byte[] {(byte) random.nextInt(40)});
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            Bytes value = Bytes.utf8("value " + i);
            table.put(key, value);
            expected.put(key, value);
          }
          case 3 -> {
            table.delete(key);
            expected.remove(key);
          }
          case 4 -> store.sync().join();
          case 5 -> {
            int limit = 1 + random.nextInt(10);
            List<Entry> page = new ArrayList<>();
            expected.tailMap(key).entrySet().stream()
                .limit(limit)
                .forEach(e -> page.add(new Entry(e.getKey(), e.getValue())));
            assertThat(table.scan(key, limit)).as("seed %d, step %d", seed, i).isEqualTo(page);
          }
          default ->
              assertThat(table.get(key).orElse(null))
                  .as("seed %d, step %d", seed, i)
                  .isEqualTo(expected.get(key));
        }
      }
    }
  }
}
