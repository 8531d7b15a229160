package io.kadenza.host.internal.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamTableTest {
  private final StreamTable table = new StreamTable();

  /// Ids from a small range, so that many want the same slot; the table grows and shrinks.
  @Test
  void findsWhatIsThereAndNothingElse() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    List<YamuxStream> open = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int id = random.nextInt(1, 600);
      YamuxStream there = open.stream().filter(stream -> stream.id == id).findFirst().orElse(null);
      assertThat(table.get(id)).as("seed %d, step %d", seed, i).isSameAs(there);
      boolean growing = i / 1_000 % 2 == 0;
      if (there == null && growing) {
        var stream = new YamuxStream(id, false, 0);
        table.add(stream);
        open.add(stream);
      } else if (!growing && !open.isEmpty()) {
        table.remove(open.remove(random.nextInt(open.size())));
      }
      assertThat(table.size()).isEqualTo(open.size());
    }
  }
}
