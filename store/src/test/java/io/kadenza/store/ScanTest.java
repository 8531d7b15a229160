package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows are deleted while a page of them is read.
class ScanTest {
  private static final int ROWS = 30;

  private final Racing database = new Racing();
  private final Store store = new BatchingStore(database, BatchingStore.Pace.inHeapOf(1L << 30));
  private final Table table = store.table("things");

  /// Lets something happen between the next read of a page and its return.
  private static final class Racing extends MemoryDatabase {
    private final List<Runnable> meanwhile = new ArrayList<>();

    @Override
    public synchronized List<Entry> scan(String table, Bytes from, int limit) {
      List<Entry> read = super.scan(table, from, limit);
      meanwhile.forEach(Runnable::run);
      meanwhile.clear();
      return read;
    }
  }

  @BeforeEach
  void fill() {
    IntStream.range(0, ROWS).forEach(i -> table.put(key(i), Bytes.EMPTY));
    store.sync().join();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Bytes key(int number) {
    return Bytes.of(new byte[] {(byte) number});
  }

  private List<Bytes> scan(int limit) {
    return table.scan(Bytes.EMPTY, limit).stream().map(Entry::key).toList();
  }

  private static List<Bytes> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(ScanTest::key).toList();
  }

  @Test
  void aPageIsShortOnlyIfItIsTheLast() {
    database.meanwhile.add(() -> IntStream.range(0, 5).forEach(i -> table.delete(key(i))));
    assertThat(scan(10)).isEqualTo(keys(5, 15));
    assertThat(scan(ROWS)).isEqualTo(keys(5, ROWS));
  }

  @Test
  void aPageThatIsGoneIsNotTheEnd() {
    database.meanwhile.add(() -> IntStream.range(0, 10).forEach(i -> table.delete(key(i))));
    assertThat(scan(10)).isEqualTo(keys(10, 20));
  }
}
