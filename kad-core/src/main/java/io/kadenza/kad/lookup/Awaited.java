package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Those of the candidates who were asked and have neither answered nor failed. Each is late after
/// a while, and slow after twice that. Owned by a [Lookup].
final class Awaited {
  private final Candidates candidates;
  private int inFlight;
  private int slow;

  Awaited(Candidates candidates) {
    this.candidates = candidates;
  }

  /// How many there are, the slow ones left out.
  int inFlight() {
    return inFlight;
  }

  /// How many are slow.
  int slow() {
    return slow;
  }

  /// A candidate is asked.
  ///
  /// @param slowAt monotonic nanos from when on it will be slow
  void ask(int index, long now, long slowAt) {
    candidates.ask(index, now, slowAt);
    inFlight++;
  }

  /// Gives a candidate its last state; false if it is not awaited.
  boolean settle(int index, byte state) {
    if (!candidates.isAwaited(index)) {
      return false;
    }
    if (candidates.state(index) == Candidates.SLOW) {
      slow--;
    } else {
      inFlight--;
    }
    candidates.state(index, state);
    return true;
  }

  /// Whether a candidate is counted on, and late.
  boolean isLate(int index, long now) {
    return isCountedOn(index) && candidates.lateAt(index) - now <= 0;
  }

  private boolean isCountedOn(int index) {
    return candidates.state(index) == Candidates.ASKED;
  }

  /// Stops counting on those who are slow by now; returns who they are.
  List<Contact> markSlow(long now) {
    var marked = new ArrayList<Contact>(1);
    for (int i = 0; i < candidates.count(); i++) {
      if (isCountedOn(i) && candidates.slowAt(i) - now <= 0) {
        candidates.state(i, Candidates.SLOW);
        inFlight--;
        slow++;
        marked.add(candidates.contact(i));
      }
    }
    return marked;
  }

  /// When the next of those who are counted on will be late or slow.
  OptionalLong nextChange(long now) {
    boolean any = false;
    long first = 0;
    for (int i = 0; i < candidates.count(); i++) {
      if (isCountedOn(i)) {
        long next = isLate(i, now) ? candidates.slowAt(i) : candidates.lateAt(i);
        first = any && first - next < 0 ? first : next;
        any = true;
      }
    }
    return any ? OptionalLong.of(first) : OptionalLong.empty();
  }
}
