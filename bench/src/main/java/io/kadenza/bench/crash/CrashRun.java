package io.kadenza.bench.crash;

import io.kadenza.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.SplittableRandom;

/// Kills a [Victim] many times at random moments. After each time nothing that it acknowledged may
/// be missing, and nothing may be there that it did not write. Confined to one thread.
public final class CrashRun {
  /// Numbers that one life may use up; there are enough for [#MAX_KILLS] lives.
  private static final int LIFE = 100_000;

  private static final int MAX_KILLS = Integer.MAX_VALUE / LIFE;

  /// @param openMillis the longest that a victim took to open the store and read all of it
  /// @param lost acknowledged and not there
  /// @param invented there and never written, or not as it was written
  public record Result(int kills, long acknowledged, long lost, long invented, long openMillis) {
    /// Whether all that was promised was kept.
    public boolean isClean() {
      return lost == 0 && invented == 0;
    }

    /// Whether anything was promised, and all of it kept.
    public boolean isProof() {
      return acknowledged > 0 && isClean();
    }
  }

  private final Path directory;
  private final SplittableRandom random;
  private final int rate;
  private final Duration longestLife;
  private final BitSet done = new BitSet();

  /// @param directory to be used for nothing else
  /// @param rate deeds a second, about
  /// @param longestLife within which a victim is killed after it has opened its store
  public CrashRun(Path directory, long seed, int rate, Duration longestLife) {
    this.directory = directory;
    this.random = new SplittableRandom(seed);
    this.rate = rate;
    this.longestLife = longestLife;
  }

  /// Runs until the last kill, or until something is lost or invented.
  public Result run(int kills) throws IOException, InterruptedException {
    if (kills > MAX_KILLS) {
      throw new IllegalArgumentException("at most " + MAX_KILLS + " kills");
    }
    long longest = 0;
    var result = new Result(0, 0, 0, 0, 0);
    for (int kill = 1; kill <= kills && result.isClean(); kill++) {
      var life = new Life(directory, (long) (kill - 1) * LIFE, rate, done);
      var _ = life.watch(Duration.ofMillis(random.nextLong(longestLife.toMillis())));
      longest = Math.max(longest, life.openMillis());
      result = inspect(kill, longest);
      if (kill % 50 == 0) {
        System.err.println(result);
      }
    }
    return result;
  }

  private Result inspect(int kills, long openMillis) {
    var missing = (BitSet) done.clone();
    long[] invented = {0};
    try (Store store = Store.open(directory)) {
      store
          .table(Victim.TABLE)
          .forEach(entry -> {
            long number = Deed.number(entry.key());
            boolean isPossible = number >= 0 && number / LIFE < kills;
            if (!isPossible || !entry.value().equals(Deed.value(number))) {
              invented[0]++;
            } else {
              missing.clear((int) number);
            }
          });
      invented[0] += store.findings().size();
    }
    return new Result(kills, done.cardinality(), missing.cardinality(), invented[0], openMillis);
  }

  /// @param args how often, the directory, the seed, deeds a second
  public static void main(String... args) throws IOException, InterruptedException {
    int kills = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[2]);
    var result =
        new CrashRun(Path.of(args[1]), seed, Integer.parseInt(args[3]), Duration.ofMillis(1_500))
            .run(kills);
    System.out.printf(
        "seed %d: %d kills, %,d acknowledged, %d lost, %d invented, opened in %d ms at most%n",
        seed,
        result.kills(),
        result.acknowledged(),
        result.lost(),
        result.invented(),
        result.openMillis());
    if (!result.isProof()) {
      System.exit(1);
    }
  }
}
