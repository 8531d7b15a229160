package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Goes through the candidates that are to be found, the closest first: k of them, then those of
/// the region. Whoever does not count makes room for the next.
///
/// Sees on the way whether peers crowd around the target: a region that is meant for that case is
/// taken in from then on. Owned by a [Lookup].
final class Sought {
  /// How many times k peers of each octave of a region are asked at most.
  private static final int MAX_PER_OCTAVE = 2;

  private final Candidates candidates;
  private final int k;
  private final long regionRadius;
  private final long crowdRadius;

  /// The first 64 bits of the distance up to which everybody is sought, an unsigned number; 0 for
  /// the k closest alone.
  private long radius;

  private boolean crowded;
  private int index;
  private int counted;
  private int octave;
  private int inOctave;

  Sought(Candidates candidates, int k, Region region) {
    this.candidates = candidates;
    this.k = k;
    this.regionRadius = Region.high(region.radius());
    this.crowdRadius = Region.high(region.crowdRadius());
    this.radius = region.ifCrowded() ? 0 : regionRadius;
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
      if (counted >= k && (radius == 0 || isBeyond(radius))) {
        return false;
      }
      if (candidates.octave(index) != octave) {
        octave = candidates.octave(index);
        inOctave = 0;
      }
      if (counted < k || inOctave < MAX_PER_OCTAVE * k) {
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
    if (counted == k && crowdRadius != 0 && !isBeyond(crowdRadius)) {
      crowded = true;
      radius = regionRadius;
    }
  }

  /// Those whose state is wanted, the closest first; nobody else counts.
  List<Contact> select(IntPredicate wanted) {
    var selected = new ArrayList<Contact>(k);
    begin();
    while (advance()) {
      if (wanted.test(candidates.state(index))) {
        count();
        selected.add(candidates.contact(index));
      }
    }
    return selected;
  }

  /// Which share of those who are promising was known when the walk began; 0 if there are none.
  double foreseen() {
    int all = 0;
    int known = 0;
    begin();
    while (advance()) {
      if (Candidates.isPromising(candidates.state(index))) {
        count();
        all++;
        known += candidates.hops(index) == 1 ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) known / all;
  }

  private boolean isBeyond(long distance) {
    return Long.compareUnsigned(candidates.near(index), distance) > 0;
  }

  /// Whether more peers lie right at the target than can be by chance.
  boolean isCrowded() {
    return crowded;
  }

  /// Whether a peer so far off is in the crowd, if there is one.
  ///
  /// @param near the first 64 bits of its distance
  boolean isInCrowd(long near) {
    return Long.compareUnsigned(near, crowdRadius) <= 0;
  }
}
