package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The store of values beside the simplest one that follows the same rules, through random lives
/// with limits at their ends and a clock that is set: verdicts, contents, what the journal was told
/// and what other threads see.
class RecordStoreModelTest {
  private static final int STEPS = 400;

  private SplittableRandom dice = new SplittableRandom();

  /// What a journal that was told of everything has.
  private final Map<Bytes, Bytes> journaled = new HashMap<>();

  private final RecordJournal journal =
      new RecordJournal() {
        @Override
        public void stored(Record record, Sender from, Instant expires) {
          journaled.put(record.key(), record.value());
        }

        @Override
        public void removed(Bytes key) {
          assertThat(journaled.remove(key)).as("what is gone was there").isNotNull();
        }
      };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void itBehavesAsAListDoes(long seed) {
    dice = new SplittableRandom(seed);
    RecordLimits limits = limits();
    var shelf = new Shelf();
    var store = new MemoryRecordStore(limits, journal, shelf);
    var model = new RecordModel(limits);
    List<Sender> senders = senders();
    List<Bytes> keys = keys();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    for (int step = 0; step < STEPS; step++) {
      String which = "seed %d, step %d, %s".formatted(seed, step, limits);
      Bytes key = keys.get(dice.nextInt(keys.size()));
      switch (dice.nextInt(12)) {
        case 0 -> now = now.plusSeconds(dice.nextInt(1_800));
        case 1 -> now = now.plusSeconds(oneOf(0, 0, 0, dice.nextInt(-100_000, 100_000)));
        case 2 -> {
          store.sweep(now);
          model.sweep(now);
        }
        case 3 ->
            assertThat(store.get(key, now).map(Record::value))
                .as(which)
                .isEqualTo(model.get(key, now));
        default -> {
          byte[] value = new byte[oneOf(0, 1, 9, 10, 11, 60, 101)];
          value = value.length > 0 && dice.nextBoolean() ? filled(value) : value;
          var record = new Record(key, Bytes.wrap(value));
          Sender from = senders.get(dice.nextInt(senders.size()));
          Instant until =
              oneOf(0, 1, 2, 3) == 0 ? now.plusSeconds(dice.nextInt(-10, 1_000)) : Instant.MAX;
          StoreVerdict expected = model.put(record, from, now, until);
          assertThat(store.put(record, from, now, until)).as(which).isEqualTo(expected);
        }
      }
      compare(store, shelf, model, keys, now, which);
    }
  }

  private int oneOf(int... choices) {
    return choices[dice.nextInt(choices.length)];
  }

  private byte[] filled(byte[] value) {
    value[0] = (byte) dice.nextInt(3);
    return value;
  }

  private RecordLimits limits() {
    return new RecordLimits(
        oneOf(1, 6, 100),
        oneOf(0, 10, 100),
        oneOf(0, 1, 2, 5, 20, 1_000),
        oneOf(0, 1, 50, 300, 100_000),
        oneOf(0, 1, 3, 1_000),
        oneOf(0, 20, 200, 100_000),
        oneOf(0, 1, 1, 1) == 0 ? Duration.ofNanos(1) : Duration.ofHours(1));
  }

  private List<Sender> senders() {
    var senders = new ArrayList<Sender>();
    int networks = oneOf(1, 2, 5);
    for (int i = 0; i < 8; i++) {
      senders.add(new Sender(Peers.id(dice), oneOf(0, 1, 1) * (1 + dice.nextInt(networks))));
    }
    return senders;
  }

  private List<Bytes> keys() {
    var keys = new ArrayList<Bytes>();
    for (int i = 0; i < 12; i++) {
      byte[] key = new byte[oneOf(0, 1, 5, 6, 7, 99)];
      dice.nextBytes(key);
      keys.add(Bytes.wrap(key));
    }
    return keys;
  }

  private void compare(
      RecordStore store,
      Shelf shelf,
      RecordModel model,
      List<Bytes> keys,
      Instant now,
      String which) {
    assertThat(store.size())
        .as(which)
        .isEqualTo(model.size())
        .isLessThanOrEqualTo(model.limits().maxRecords());
    assertThat(store.bytes())
        .as(which)
        .isEqualTo(model.bytes())
        .isLessThanOrEqualTo(model.limits().maxBytes());
    assertThat(journaled.keySet()).as(which).isEqualTo(model.keys());
    for (Bytes key : keys) {
      var held = store.held(key, now);
      assertThat(held.map(HeldValue::from)).as(which).isEqualTo(model.from(key, now));
      assertThat(held.map(HeldValue::expires)).as(which).isEqualTo(model.expires(key, now));
      assertThat(held.map(each -> each.record().value()))
          .as(which)
          .isEqualTo(model.value(key, now));
      assertThat(shelf.get(key, now).map(Record::value)).as(which).isEqualTo(model.value(key, now));
    }
    assertThat(store.list(Bytes.EMPTY, 3, now))
        .as(which)
        .extracting(each -> each.record().key())
        .isEqualTo(model.firstKeys(3, now));
  }
}
