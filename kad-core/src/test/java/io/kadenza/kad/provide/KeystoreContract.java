package io.kadenza.kad.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.provide.Keystore.Added;
import io.kadenza.kad.provide.Keystore.Entry;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every keystore does. A test of a durable one opens the same files again in [#reopened].
public abstract class KeystoreContract {
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Provided PROVIDED = Provided.of(KEY);
  private static final Provided UNKNOWN = Provided.of(Bytes.utf8("nobody knows"));

  /// An empty store.
  protected abstract Keystore open(ProvideLimits limits);

  /// The same store after a restart; itself, if it does not outlive one.
  protected abstract Keystore reopened(Keystore store);

  private Keystore open() {
    return open(ProvideLimits.DEFAULT);
  }

  @Test
  void aKeyIsAddedOnceAndWaits() {
    Keystore store = open();
    assertThat(store.add(KEY)).isEqualTo(Added.NEW);
    assertThat(store.add(KEY)).isEqualTo(Added.KNOWN);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.waiting()).isEqualTo(1);
    assertThat(store.contains(KEY)).isTrue();
    assertThat(store.waiting(Span.ALL, null, 10)).containsExactly(PROVIDED);
    assertThat(store.list(null, 10)).containsExactly(new Entry(KEY, Optional.empty()));
  }

  @Test
  void aKeyIsRemovedOnce() {
    Keystore store = open();
    store.add(KEY);
    assertThat(store.remove(KEY)).isTrue();
    assertThat(store.remove(KEY)).isFalse();
    assertThat(store.contains(KEY)).isFalse();
    assertThat(store.size()).isZero();
    assertThat(store.waiting()).isZero();
  }

  @Test
  void keysAreBounded() {
    Keystore store = open(ProvideLimits.DEFAULT.withMaxKeys(1));
    assertThat(store.add(KEY)).isEqualTo(Added.NEW);
    assertThat(store.add(Bytes.utf8("another"))).isEqualTo(Added.FULL);
    assertThat(store.add(KEY)).isEqualTo(Added.KNOWN);
    store.remove(KEY);
    assertThat(store.add(Bytes.utf8("another"))).isEqualTo(Added.NEW);
  }

  @Test
  void whatIsNoKeyIsNotKept() {
    Keystore store = open();
    assertThat(store.add(Bytes.EMPTY)).isEqualTo(Added.INVALID);
    assertThat(store.add(Bytes.wrap(new byte[81]))).isEqualTo(Added.INVALID);
    assertThat(store.add(Bytes.wrap(new byte[80]))).isEqualTo(Added.NEW);
    assertThat(store.size()).isEqualTo(1);
  }

  @Test
  void whatHasBeenToldWaitsNoMoreUntilItIsUntold() {
    Keystore store = open();
    store.add(KEY);
    store.told(List.of(PROVIDED, UNKNOWN), NOW);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.waiting()).isZero();
    assertThat(store.waiting(Span.ALL, null, 10)).isEmpty();
    assertThat(store.list(null, 10)).containsExactly(new Entry(KEY, Optional.of(NOW)));
    assertThat(store.notTold(NOW, NOW, Span.ALL, null, 10)).isEmpty();
    assertThat(store.notTold(Instant.MIN, NOW.minusSeconds(1), Span.ALL, null, 10))
        .containsExactly(PROVIDED);
    assertThat(store.notTold(NOW.plusSeconds(1), Instant.MAX, Span.ALL, null, 10))
        .containsExactly(PROVIDED);
    store.untold(List.of(PROVIDED, UNKNOWN));
    assertThat(store.waiting()).isEqualTo(1);
    assertThat(store.notTold(NOW, NOW, Span.ALL, null, 10)).containsExactly(PROVIDED);
  }

  @Test
  void addingWhatHasBeenToldDoesNotTellItAgain() {
    Keystore store = open();
    store.add(KEY);
    store.told(List.of(PROVIDED), NOW);
    store.add(KEY);
    assertThat(store.waiting()).isZero();
  }

  @Test
  void thePositionOfTheSweepIsKept() {
    Keystore store = open();
    assertThat(store.sweptUntil()).isEmpty();
    store.sweptUntil(NOW);
    assertThat(reopened(store).sweptUntil()).contains(NOW);
  }

  @Test
  void everythingOutlivesARestart() {
    Keystore store = open();
    store.add(KEY);
    store.add(Bytes.utf8("waiting"));
    store.add(Bytes.utf8("removed"));
    store.told(List.of(PROVIDED), NOW);
    store.remove(Bytes.utf8("removed"));
    Keystore again = reopened(store);
    assertThat(again.list(null, 10))
        .containsExactlyInAnyOrder(
            new Entry(KEY, Optional.of(NOW)), new Entry(Bytes.utf8("waiting"), Optional.empty()));
    assertThat(again.waiting()).isEqualTo(1);
  }

  /// Against a map: whatever is done in whatever order, pages tell exactly what is there, in the
  /// order of the keyspace.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void pagesAreInTheOrderOfTheKeyspace(long seed) {
    var random = new SplittableRandom(seed);
    Keystore store = open();
    Map<Bytes, Optional<Instant>> model = new HashMap<>();
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      keys.add(Peers.key(random));
    }
    for (int step = 0; step < 6_000; step++) {
      Bytes key = keys.get(random.nextInt(keys.size()));
      Instant when = NOW.plus(Duration.ofMinutes(random.nextInt(100)));
      switch (random.nextInt(5)) {
        case 0, 1 ->
            assertThat(store.add(key))
                .isEqualTo(
                    model.putIfAbsent(key, Optional.empty()) == null ? Added.NEW : Added.KNOWN);
        case 2 -> assertThat(store.remove(key)).isEqualTo(model.remove(key) != null);
        case 3 -> {
          store.told(List.of(Provided.of(key)), when);
          model.computeIfPresent(key, (_, _) -> Optional.of(when));
        }
        default -> {
          store.untold(List.of(Provided.of(key)));
          model.computeIfPresent(key, (_, _) -> Optional.empty());
        }
      }
    }
    check(store, model, random);
    check(reopened(store), model, random);
  }

  private static void check(
      Keystore store, Map<Bytes, Optional<Instant>> model, SplittableRandom random) {
    assertThat(store.size()).isEqualTo(model.size());
    assertThat(store.waiting())
        .isEqualTo((int) model.values().stream().filter(Optional::isEmpty).count());
    List<Entry> all = new ArrayList<>();
    for (List<Entry> page = store.list(null, 37);
        !page.isEmpty();
        page = store.list(page.getLast().key(), 37)) {
      assertThat(page.size()).isLessThanOrEqualTo(37);
      all.addAll(page);
    }
    List<Entry> expected =
        model.entrySet().stream()
            .sorted((a, b) -> point(a.getKey()).compareTo(point(b.getKey())))
            .map(entry -> new Entry(entry.getKey(), entry.getValue()))
            .toList();
    assertThat(all).isEqualTo(expected);
    for (int i = 0; i < 20; i++) {
      int from = random.nextInt(Span.CELLS);
      var span = new Span(from, from + random.nextInt(Span.CELLS - from + 1));
      Instant time = NOW.plus(Duration.ofMinutes(random.nextInt(100)));
      assertThat(paged(after -> store.waiting(span, after, 13)))
          .isEqualTo(
              expected.stream()
                  .filter(e -> e.told().isEmpty() && span.contains(KadKey.of(e.key())))
                  .map(e -> Provided.of(e.key()))
                  .toList());
      assertThat(paged(after -> store.notTold(time, Instant.MAX, span, after, 13)))
          .isEqualTo(
              expected.stream()
                  .filter(e -> e.told().isEmpty() || e.told().get().isBefore(time))
                  .filter(e -> span.contains(KadKey.of(e.key())))
                  .map(e -> Provided.of(e.key()))
                  .toList());
    }
  }

  private static Bytes point(Bytes key) {
    return KadKey.of(key).bytes();
  }

  private interface Pages {
    List<Provided> behind(@Nullable Bytes after);
  }

  private static List<Provided> paged(Pages pages) {
    List<Provided> all = new ArrayList<>();
    for (List<Provided> page = pages.behind(null);
        !page.isEmpty();
        page = pages.behind(page.getLast().key())) {
      all.addAll(page);
    }
    return all;
  }
}
