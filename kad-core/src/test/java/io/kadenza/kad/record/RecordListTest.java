package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a store of values tells people of what it holds.
class RecordListTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TTL = Duration.ofHours(1);

  private final PeerId peer = Peers.id(new SplittableRandom(1));
  private final MemoryRecordStore store = new MemoryRecordStore(RecordLimits.DEFAULT.withTtl(TTL));

  private void put(String key, Instant when) {
    store.put(new Record(Bytes.utf8(key), Bytes.utf8("value")), Sender.of(peer), when, Instant.MAX);
  }

  @Test
  void pagesLeadThroughEverythingInTheOrderOfTheKeys() {
    List.of("e", "a", "d", "c", "b").forEach(key -> put(key, NOW));
    var keys = new ArrayList<String>();
    Bytes after = Bytes.EMPTY;
    for (var page = store.list(after, 2, NOW); !page.isEmpty(); page = store.list(after, 2, NOW)) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      page.forEach(held -> keys.add(held.record().key().utf8()));
      after = page.getLast().record().key();
    }
    assertThat(keys).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void aValueIsToldWithItsSourceItsAgeAndItsEnd() {
    put("key", NOW);
    var expected =
        new HeldValue(
            new Record(Bytes.utf8("key"), Bytes.utf8("value")).receivedAt(NOW),
            peer,
            NOW.plus(TTL));
    assertThat(store.held(Bytes.utf8("key"), NOW)).contains(expected);
    assertThat(store.list(Bytes.EMPTY, 10, NOW)).containsExactly(expected);
    assertThat(store.held(Bytes.utf8("other"), NOW)).isEmpty();
  }

  @Test
  void whatIsExpiredIsNotToldAndNotForgottenEither() {
    put("old", NOW);
    put("new", NOW.plusSeconds(1));
    Instant end = NOW.plus(TTL);

    assertThat(store.list(Bytes.EMPTY, 10, end))
        .extracting(held -> held.record().key().utf8())
        .containsExactly("new");
    assertThat(store.held(Bytes.utf8("old"), end)).isEmpty();
    assertThat(store.size()).isEqualTo(2);
  }
}
