package io.kadenza.host.internal.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemoteIdsTest {
  private static final int REMEMBERED = 1_024;

  private final RemoteIds ids = new RemoteIds(true);

  private static int id(long ordinal) {
    return (int) (2 * ordinal + 1);
  }

  @Test
  void theLatestThousandAreRememberedOneByOneInWhateverOrderTheyCome() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    Set<Long> used = new HashSet<>();
    long highest = -1;
    for (int i = 0; i < 20_000; i++) {
      long jump = random.nextInt(200) == 0 ? 3 * REMEMBERED : 8;
      long n = Math.max(0, highest + jump - random.nextInt(2 * REMEMBERED));
      boolean forgotten = n <= highest - REMEMBERED;
      assertThat(ids.isForgotten(id(n))).as("seed %d, %d", seed, n).isEqualTo(forgotten);
      assertThat(ids.isUsed(id(n)))
          .as("seed %d, %d", seed, n)
          .isEqualTo(forgotten || used.contains(n));
      if (!forgotten && used.add(n)) {
        ids.use(id(n));
        highest = Math.max(highest, n);
      }
    }
  }

  @Test
  void theHighestIdOfAllIsOneToo() {
    ids.use(0xffffffff);

    assertThat(ids.isUsed(0xffffffff)).isTrue();
    assertThat(ids.isUsed(0xfffffffd)).isFalse();
    assertThat(ids.isForgotten(1)).isTrue();
  }
}
