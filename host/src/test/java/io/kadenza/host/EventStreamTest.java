package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void aSlowReaderLosesTheOldestAndHearsHowMany() throws Exception {
    var stream = new EventStream<Integer>(3, _ -> {});
    for (int i = 0; i < 10; i++) {
      stream.publish(i);
    }

    assertThat(stream.dropped()).isEqualTo(7);
    assertThat(stream.next(LIMIT)).contains(7);
    assertThat(stream.next(LIMIT)).contains(8);
    assertThat(stream.next(LIMIT)).contains(9);
    assertThat(stream.next(Duration.ZERO)).isEmpty();
  }

  @Test
  void largeEventsFillItByTheirSize() throws Exception {
    var stream = new EventStream<Integer>(100, 10, size -> size, _ -> {});
    for (int size : new int[] {4, 5, 1, 2}) {
      stream.publish(size);
    }
    assertThat(stream.dropped()).isEqualTo(1);
    assertThat(stream.next(LIMIT)).contains(5);

    stream.publish(30);
    assertThat(stream.dropped()).isEqualTo(3);
    assertThat(stream.next(LIMIT)).contains(30);
    stream.publish(10);
    assertThat(stream.next(LIMIT)).contains(10);
    assertThat(stream.dropped()).isEqualTo(3);
  }

  @Test
  void whatWaitsIsReadAfterTheClose() {
    var closed = new AtomicInteger();
    var stream = new EventStream<Integer>(10, _ -> closed.incrementAndGet());
    stream.publish(1);
    stream.publish(2);
    stream.close();
    stream.close();
    stream.publish(3);

    var seen = new ArrayList<Integer>();
    stream.forEach(seen::add);
    assertThat(seen).containsExactly(1, 2);
    assertThat(closed).hasValue(1);
  }

  /// Nothing within a time and nothing ever again look alike to who waits only so long.
  @Test
  void itIsOverWhenItIsClosedAndReadToItsEnd() throws Exception {
    var stream = new EventStream<Integer>(4, _ -> {});
    stream.publish(1);
    assertThat(stream.isOver()).isFalse();

    stream.close();
    assertThat(stream.isOver()).isFalse();
    assertThat(stream.next(Duration.ZERO)).contains(1);
    assertThat(stream.isOver()).isTrue();
  }

  @Test
  void aStreamWithoutRoomIsRefused() {
    assertThatThrownBy(() -> new EventStream<Integer>(0, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Whatever the interleaving, an event is read once or counted as lost, and the order of each
  /// source is kept.
  @Test
  void nothingIsLostUncountedHoweverManyPublish() {
    int sources = 4;
    int each = 20_000;
    var stream = new EventStream<long[]>(64, _ -> {});
    CompletableFuture<long[]> reader =
        CompletableFuture.supplyAsync(() -> {
          long read = 0;
          long disordered = 0;
          long[] last = {-1, -1, -1, -1};
          for (long[] event : stream) {
            read++;
            disordered += event[1] > last[(int) event[0]] ? 0 : 1;
            last[(int) event[0]] = event[1];
          }
          return new long[] {read, disordered};
        });
    var publishers = new ArrayList<CompletableFuture<Void>>();
    for (int source = 0; source < sources; source++) {
      long id = source;
      publishers.add(
          CompletableFuture.runAsync(() -> {
            for (long i = 0; i < each; i++) {
              stream.publish(new long[] {id, i});
            }
          }));
    }
    publishers.forEach(CompletableFuture::join);
    stream.close();

    long[] seen = reader.join();
    assertThat(seen[0] + stream.dropped()).isEqualTo((long) sources * each);
    assertThat(seen[1]).isZero();
    assertThat(List.of(seen[0])).doesNotContain(0L);
  }
}
