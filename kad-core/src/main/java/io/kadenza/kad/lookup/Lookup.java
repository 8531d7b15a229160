package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One walk towards a key: whom to ask next, and when it is over. What is asked, and what an answer
/// holds besides closer peers, is its owner's business: the walk is the same for closest peers,
/// values, providers and addresses.
///
/// It asks the closest peers it has heard of, at most α at a time. Once β of the closest have
/// answered, it asks only the rest of the k closest. It ends when these have all answered or
/// failed. Only who answered counts as found.
///
/// Confined to whoever drives it. After each call to [#answered] or [#failed], ask [#next] until it
/// has nobody more, then look at [#isOver].
public final class Lookup {
  /// Twelve times the recommended k. A walk in a healthy network of any size hears of fewer.
  private static final int MIN_CANDIDATES = 240;

  private final LookupConfig config;
  private final KadKey target;
  private final KadKey self;
  private final long startedAt;
  private final Candidates candidates;

  private int inFlight;
  private int asked;
  private int answered;
  private int failed;
  private long endedAt;
  private @Nullable Termination end;

  /// @param self never asked, whoever names it
  /// @param seeds whom to begin with
  /// @param now monotonic nanos
  public Lookup(LookupConfig config, KadKey target, KadKey self, List<Contact> seeds, long now) {
    this.config = config;
    this.target = target;
    this.self = self;
    this.startedAt = now;
    this.candidates = new Candidates(target, Math.max(MIN_CANDIDATES, 12 * config.k()));
    for (Contact seed : seeds) {
      hear(seed, 1);
    }
    if (candidates.count() == 0) {
      end(Termination.NO_PEERS, now);
    }
  }

  private boolean hear(Contact contact, int hops) {
    return !contact.key().equals(self) && candidates.add(contact, hops);
  }

  public KadKey target() {
    return target;
  }

  /// How many peers were asked and have neither answered nor failed.
  public int inFlight() {
    return end == null ? inFlight : 0;
  }

  public boolean isOver() {
    return end != null;
  }

  /// Whom to ask now; null if nobody for the moment, or for ever when [#isOver].
  public @Nullable Contact next(long now) {
    if (end != null) {
      return null;
    }
    // One pass over the closest that have not failed decides everything. `settled` of them have
    // answered before
    // the first that has not.
    int alive = 0;
    int settled = 0;
    boolean unbroken = true;
    int chosen = -1;
    for (int i = 0; i < candidates.count() && alive < config.k(); i++) {
      byte state = candidates.state(i);
      if (state == Candidates.FAILED) {
        continue;
      }
      alive++;
      if (state == Candidates.ANSWERED) {
        settled += unbroken ? 1 : 0;
      } else {
        unbroken = false;
        if (state == Candidates.HEARD && chosen < 0) {
          chosen = i;
        }
      }
    }
    if (isComplete(alive, settled)) {
      end(
          alive < config.k() && settled == alive ? Termination.STARVED : Termination.COMPLETED,
          now);
      return null;
    }
    if (chosen < 0 || inFlight >= config.alpha()) {
      return null;
    }
    candidates.state(chosen, Candidates.ASKED);
    inFlight++;
    asked++;
    return candidates.contact(chosen);
  }

  /// @param alive how many candidates have not failed, counted up to k
  /// @param settled how many of the closest of them have answered
  private boolean isComplete(int alive, int settled) {
    return settled == alive || (!config.followUp() && settled >= config.beta());
  }

  /// Takes the answer of a peer that was asked. Its own key, ours and those known are left out, as
  /// is what exceeds twice k: "honest peers return at most k".
  ///
  /// @return the peers that were new, null if the answer was not waited for
  public @Nullable List<Contact> answered(Contact from, List<Contact> closer) {
    int index = waitingFor(from);
    if (index < 0) {
      return null;
    }
    candidates.state(index, Candidates.ANSWERED);
    inFlight--;
    answered++;
    int hops = candidates.hops(index) + 1;
    var heard = new ArrayList<Contact>();
    int used = Math.min(closer.size(), 2 * config.k());
    for (int i = 0; i < used; i++) {
      Contact contact = closer.get(i);
      if (hear(contact, hops)) {
        heard.add(contact);
      }
    }
    return heard;
  }

  /// Notes that a peer that was asked will not answer; false if nothing was expected of it.
  public boolean failed(Contact contact) {
    int index = waitingFor(contact);
    if (index < 0) {
      return false;
    }
    candidates.state(index, Candidates.FAILED);
    inFlight--;
    failed++;
    return true;
  }

  private int waitingFor(Contact contact) {
    if (end != null) {
      return -1;
    }
    int index = candidates.find(contact.key());
    return index >= 0 && candidates.state(index) == Candidates.ASKED ? index : -1;
  }

  /// Ends the walk with what it has; without effect if it is over.
  public void end(Termination reason, long now) {
    if (end == null) {
      end = reason;
      endedAt = now;
    }
  }

  /// The closest peers that answered, at most k, the closest first.
  public List<Contact> closest() {
    var closest = new ArrayList<Contact>(config.k());
    for (int i = 0; i < candidates.count() && closest.size() < config.k(); i++) {
      if (candidates.state(i) == Candidates.ANSWERED) {
        closest.add(candidates.contact(i));
      }
    }
    return closest;
  }

  /// What the walk has cost so far. While it lasts, the reason is [Termination#CANCELLED].
  public LookupStats stats(long now) {
    int hops = 0;
    for (int i = 0; i < candidates.count(); i++) {
      if (candidates.state(i) == Candidates.ANSWERED) {
        hops = Math.max(hops, candidates.hops(i));
      }
    }
    Termination reason = end == null ? Termination.CANCELLED : end;
    long until = end == null ? now : endedAt;
    return new LookupStats(
        reason, asked, answered, failed, hops, Duration.ofNanos(until - startedAt));
  }
}
