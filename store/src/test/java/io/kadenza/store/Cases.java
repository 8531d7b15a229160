package io.kadenza.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many cases of one kind, each with a random of its own, which its number gives, and with a
/// directory of its own, which goes with it. They run on all processors.
///
/// @param seed of all of them
/// @param parent where their directories are
record Cases(long seed, Path parent) {
  /// How many times more there are than there is time for in every build.
  private static final int MORE = Integer.getInteger("kadenza.damage", 1);

  /// @param what names the case in a failure
  interface Case {
    int run(SplittableRandom random, Path directory, String what) throws IOException;
  }

  /// One that differs from the others by a number alone.
  interface Numbered {
    int run(int number, Path directory, String what) throws IOException;
  }

  /// One of many numbers for each of so many cases: they lie evenly, and none is left out if there
  /// are as many cases as numbers.
  ///
  /// @param inEveryBuild how many cases every build has
  /// @param below all numbers from 0 up to this one
  /// @param each what is done with one of them
  long runOver(int below, int inEveryBuild, Numbered each) {
    long cases = Math.min(count(inEveryBuild), below);
    return IntStream.range(0, (int) cases)
        .parallel()
        .mapToLong(n ->
            run(
                (random, directory, what) -> {
                  int from = (int) ((long) n * below / cases);
                  int to = (int) ((n + 1L) * below / cases);
                  return each.run(random.nextInt(from, to), directory, what);
                },
                n))
        .sum();
  }

  /// How many there are if every build has so many.
  static int count(int inEveryBuild) {
    return inEveryBuild * MORE;
  }

  /// Runs them and adds up what they return.
  long run(int inEveryBuild, Case each) {
    return IntStream.range(0, count(inEveryBuild)).parallel().mapToLong(n -> run(each, n)).sum();
  }

  private int run(Case each, int number) {
    Path directory = parent.resolve("case-" + number);
    try {
      Files.createDirectories(directory);
      int result =
          each.run(
              new SplittableRandom(seed << 32 | number),
              directory,
              "case " + number + " of seed " + seed);
      delete(directory);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> below;
    try (Stream<Path> files = Files.walk(directory)) {
      below = files.toList();
    }
    for (Path file : below.reversed()) {
      Files.delete(file);
    }
  }
}
