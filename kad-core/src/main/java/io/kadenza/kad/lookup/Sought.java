package io.kadenza.kad.lookup;

/// Goes through the candidates that are to be found, the closest first: k of them, then those of
/// the region. Whoever does not count makes room for the next. Owned by a [Lookup].
final class Sought {
  /// How many times k peers of each octave of a region are asked at most.
  private static final int MAX_PER_OCTAVE = 2;

  private final Candidates candidates;
  private final int k;
  private final long radius;

  private int index;
  private int counted;
  private int octave;
  private int inOctave;

  /// @param radius the first 64 bits of the region's, an unsigned number; 0 for no region
  Sought(Candidates candidates, int k, long radius) {
    this.candidates = candidates;
    this.k = k;
    this.radius = radius;
  }

  void begin() {
    index = -1;
    counted = 0;
    octave = -1;
    inOctave = 0;
  }

  /// Moves to the next one; false if there is none.
  boolean advance() {
    while (++index < candidates.count()) {
      if (radius == 0) {
        return counted < k;
      }
      if (candidates.octave(index) != octave) {
        octave = candidates.octave(index);
        inOctave = 0;
      }
      if (counted < k) {
        return true;
      }
      if (Long.compareUnsigned(candidates.near(index), radius) > 0) {
        return false;
      }
      if (inOctave < MAX_PER_OCTAVE * k) {
        return true;
      }
    }
    return false;
  }

  /// The present one, as the candidates number it.
  int index() {
    return index;
  }

  /// The present one has answered, or may yet.
  void count() {
    counted++;
    inOctave++;
  }
}
