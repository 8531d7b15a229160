package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Those of the candidates who were asked and have neither answered nor failed. Each is late after
/// a while, slow after twice that, and given up after twice that again ([Patience#givenUpAt]). Who
/// was silent before is slow at once, and given up when others are late. Owned by a [Lookup].
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
  void ask(int index, long now, Promptness promptness) {
    Contact contact = candidates.contact(index);
    candidates.ask(index, now, promptness.slowAt(contact));
    if (promptness.isSilent(contact)) {
      candidates.slow(index, candidates.lateAt(index));
      slow++;
    } else {
      inFlight++;
    }
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
        long slowAt = candidates.slowAt(i);
        long askedAt = slowAt - 2 * (slowAt - candidates.lateAt(i));
        candidates.slow(i, Patience.givenUpAt(askedAt, slowAt));
        inFlight--;
        slow++;
        marked.add(candidates.contact(i));
      }
    }
    return marked;
  }

  /// Whether none of the slow ones is worth waiting for, even if there is time.
  boolean areSlowGivenUp(long now) {
    for (int i = 0; slow > 0 && i < candidates.count(); i++) {
      if (isHoped(i, now)) {
        return false;
      }
    }
    return true;
  }

  private boolean isHoped(int index, long now) {
    return candidates.state(index) == Candidates.SLOW && candidates.givenUpAt(index) - now > 0;
  }

  /// When the next of them will be late, slow or given up.
  OptionalLong nextChange(long now) {
    boolean any = false;
    long first = 0;
    for (int i = 0; i < candidates.count(); i++) {
      if (isCountedOn(i) || isHoped(i, now)) {
        long next = isLate(i, now) ? candidates.slowAt(i) : candidates.stepAt(i);
        first = any && first - next < 0 ? first : next;
        any = true;
      }
    }
    return any ? OptionalLong.of(first) : OptionalLong.empty();
  }
}
