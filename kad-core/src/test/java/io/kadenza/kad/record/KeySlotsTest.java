package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The slots against plain maps, with keys that collide much more often than hashes do.
class KeySlotsTest {
  private record Key(long high, long low) {}

  private final KeySlots slots = new KeySlots();

  /// Few places of the table, a few at its very end, and few tags.
  private static Key key(SplittableRandom dice) {
    long place = dice.nextInt(4) == 0 ? -1 - dice.nextInt(2) : dice.nextInt(6);
    long tag = (long) dice.nextInt(3) << 60;
    return new Key(dice.nextInt(3), tag | (place & 0xffff_ffffL));
  }

  private int find(Key key) {
    return slots.find(key.high, key.low);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theyFindWhatWasAddedInTheOrderInWhichItCame(long seed) {
    var dice = new SplittableRandom(seed);
    // The eldest first.
    var expected = new LinkedHashMap<Key, Long>();
    for (int i = 0; i < 3_000; i++) {
      Key key = key(dice);
      String step = "seed %d, step %d, %s".formatted(seed, i, key);
      assertThat(find(key) != KeySlots.NONE).as(step).isEqualTo(expected.containsKey(key));
      if (!expected.containsKey(key)) {
        long content = dice.nextLong();
        assertThat(slots.add(key.high, key.low, content)).as(step).isEqualTo(find(key));
        expected.put(key, content);
      } else if (dice.nextBoolean()) {
        slots.touch(find(key));
        expected.putLast(key, expected.get(key));
      } else {
        slots.remove(find(key));
        expected.remove(key);
      }
      assertThat(inOrder()).as(step).isEqualTo(expected.sequencedKeySet().stream().toList());
    }
    expected.forEach((key, content) ->
        assertThat(slots.content(find(key))).as("seed %d", seed).isEqualTo(content));
  }

  /// Takes the eldest away again and again, and puts all back as they were.
  private List<Key> inOrder() {
    var keys = new ArrayList<Key>();
    int eldest = slots.eldest();
    for (int slot = eldest; slot != KeySlots.NONE && keys.size() <= slots.end(); ) {
      keys.add(new Key(slots.high(slot), slots.low(slot)));
      slots.touch(slot);
      slot = slots.eldest() == eldest ? KeySlots.NONE : slots.eldest();
    }
    return keys;
  }

  @Test
  void aSlotIsUsedAgain() {
    for (int i = 0; i < 1_000; i++) {
      int kept = slots.add(1, i, 0);
      int gone = slots.add(2, i, 0);
      slots.remove(gone);
      assertThat(slots.isUsed(gone)).isFalse();
      assertThat(slots.isUsed(kept)).isTrue();
    }
    assertThat(slots.end()).isEqualTo(1_001);
  }

  @Test
  void pagesFollowEachOther() {
    int keys = 3 * 4_096 + 1;
    Map<Key, Integer> added = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      added.put(new Key(i, 7L * i), slots.add(i, 7L * i, i));
    }
    added.forEach((key, slot) -> {
      assertThat(find(key)).isEqualTo(slot);
      assertThat(slots.content(slot)).isEqualTo(key.high);
    });
  }
}
