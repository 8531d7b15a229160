package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One walk towards a key: whom to ask next, and when it is over. What is asked, and what an answer
/// holds besides closer peers, is its owner's business: the walk is the same for closest peers,
/// values, providers and addresses.
///
/// It asks the closest peers it has heard of, at most α at a time. Once β of the closest have
/// answered, it asks only the rest of the k closest. It ends when these have all answered or
/// failed. Only who answered counts as found.
///
/// With several paths, whom it hears of belongs to the path that heard of it first. Each path goes
/// on until its own β closest have answered; then all are taken together, and the rest of the k
/// closest of all is asked.
///
/// A walk may be told to take in a whole region: then everybody within its radius counts as one of
/// the closest, even beyond k, so that k peers who have placed themselves right at the target do
/// not keep the others from being found.
///
/// Confined to whoever drives it. After each call to [#answered], [#failed] or [#markSlow], ask
/// [#next] until it has nobody more, then look at [#isOver].
public final class Lookup {
  /// Twelve times the recommended k. A walk in a healthy network of any size hears of fewer.
  private static final int MIN_CANDIDATES = 240;

  /// How many times α requests to slow peers may be open besides those that count.
  private static final int MAX_SLOW = 2;

  /// How many times k peers of a region are asked at most.
  private static final int MAX_REGION = 3;

  private final LookupConfig config;
  private final double radius;
  private final KadKey target;
  private final KadKey self;
  private final long startedAt;
  private final Candidates candidates;
  private final Paths paths;

  private int inFlight;
  private int slow;
  private int asked;
  private int answered;
  private int failed;
  private long endedAt;
  private @Nullable Termination end;

  /// A walk without a region.
  ///
  /// @param self never asked, whoever names it
  /// @param seeds whom to begin with
  /// @param now monotonic nanos
  public Lookup(LookupConfig config, KadKey target, KadKey self, List<Contact> seeds, long now) {
    this(config, 0, target, self, seeds, now);
  }

  /// A walk that takes in everybody within a distance of the target.
  ///
  /// @param radius as a share of the keyspace; 0 for no region
  public Lookup(
      LookupConfig config,
      double radius,
      KadKey target,
      KadKey self,
      List<Contact> seeds,
      long now) {
    this.config = config;
    this.radius = radius;
    this.target = target;
    this.self = self;
    this.startedAt = now;
    this.candidates = new Candidates(target, Math.max(MIN_CANDIDATES, 12 * config.k()));
    this.paths = new Paths(config, candidates);
    for (Contact seed : seeds) {
      hear(seed, 1, candidates.count() % config.paths());
    }
    if (candidates.count() == 0) {
      end(Termination.NO_PEERS, now);
    }
  }

  private boolean hear(Contact contact, int hops, int path) {
    return !contact.key().equals(self) && candidates.add(contact, hops, path);
  }

  public KadKey target() {
    return target;
  }

  /// How many peers were asked and have neither answered nor failed, the slow ones left out.
  public int inFlight() {
    return end == null ? inFlight : 0;
  }

  /// Monotonic nanos.
  public long startedAt() {
    return startedAt;
  }

  public boolean isOver() {
    return end != null;
  }

  /// Whom to ask now; null if nobody for the moment, or for ever when [#isOver].
  public @Nullable Contact next(long now) {
    if (end != null) {
      return null;
    }
    int chosen = paths.areDone() ? chooseOfAll(now) : paths.choose();
    if (chosen < 0 || inFlight >= config.alpha() || slow >= MAX_SLOW * config.alpha()) {
      return null;
    }
    candidates.ask(chosen, now);
    inFlight++;
    asked++;
    return candidates.contact(chosen);
  }

  /// The closest peer that has not been asked, if it is one of the k closest that have not failed.
  /// Ends the walk when these have all answered.
  private int chooseOfAll(long now) {
    int alive = 0;
    int settled = 0;
    boolean unbroken = true;
    int chosen = -1;
    for (int i = 0; i < candidates.count() && isSought(i, alive); i++) {
      switch (candidates.state(i)) {
        case Candidates.FAILED, Candidates.SLOW -> {}
        case Candidates.ANSWERED -> {
          alive++;
          settled += unbroken ? 1 : 0;
        }
        case Candidates.HEARD -> {
          alive++;
          unbroken = false;
          chosen = chosen < 0 ? i : chosen;
        }
        default -> {
          alive++;
          unbroken = false;
        }
      }
    }
    if ((alive >= config.k() && settled == alive)
        || (!config.followUp() && settled >= config.beta())) {
      end(Termination.COMPLETED, now);
      return -1;
    }
    // With fewer than k there is time to wait for the slow ones.
    if (settled == alive && slow == 0) {
      end(Termination.STARVED, now);
      return -1;
    }
    return chosen;
  }

  /// Whether a candidate is one of those to be found, given how many closer ones there are.
  private boolean isSought(int index, int closer) {
    return closer < config.k()
        || (radius > 0
            && closer < MAX_REGION * config.k()
            && target.distance(candidates.contact(index).key()).fraction() <= radius);
  }

  /// Takes the answer of a peer that was asked. Its own key, ours and those known are left out, as
  /// is what exceeds twice k: "honest peers return at most k".
  ///
  /// @return the peers that were new, null if the answer was not waited for
  public @Nullable List<Contact> answered(Contact from, List<Contact> closer) {
    int index = settle(from, Candidates.ANSWERED);
    if (index < 0) {
      return null;
    }
    answered++;
    int hops = candidates.hops(index) + 1;
    int path = candidates.path(index);
    var heard = new ArrayList<Contact>();
    int used = Math.min(closer.size(), 2 * config.k());
    for (int i = 0; i < used; i++) {
      Contact contact = closer.get(i);
      if (hear(contact, hops, path)) {
        heard.add(contact);
      }
    }
    return heard;
  }

  /// Notes that a peer that was asked will not answer; false if nothing was expected of it.
  public boolean failed(Contact contact) {
    if (settle(contact, Candidates.FAILED) < 0) {
      return false;
    }
    failed++;
    return true;
  }

  /// Gives a peer that is waited for its last state; its index, negative if it is not waited for.
  private int settle(Contact contact, byte state) {
    int index = end == null ? candidates.find(contact.key()) : -1;
    if (index < 0 || !candidates.isAwaited(index)) {
      return -1;
    }
    if (candidates.state(index) == Candidates.SLOW) {
      slow--;
    } else {
      inFlight--;
    }
    candidates.state(index, state);
    return index;
  }

  /// Stops counting on the peers that were asked at `askedUntil` or before and have not answered.
  /// Their answers are still welcome.
  ///
  /// @return who they are
  public List<Contact> markSlow(long askedUntil) {
    var marked = new ArrayList<Contact>(1);
    for (int i = 0; i < candidates.count() && end == null; i++) {
      if (candidates.state(i) == Candidates.ASKED && candidates.askedAt(i) - askedUntil <= 0) {
        candidates.state(i, Candidates.SLOW);
        inFlight--;
        slow++;
        marked.add(candidates.contact(i));
      }
    }
    return marked;
  }

  /// When the peer that is counted on and has been waited for longest was asked.
  public OptionalLong oldestAsked() {
    boolean any = false;
    long oldest = 0;
    for (int i = 0; i < candidates.count() && end == null; i++) {
      if (candidates.state(i) == Candidates.ASKED && (!any || candidates.askedAt(i) - oldest < 0)) {
        any = true;
        oldest = candidates.askedAt(i);
      }
    }
    return any ? OptionalLong.of(oldest) : OptionalLong.empty();
  }

  /// Ends the walk with what it has; without effect if it is over.
  public void end(Termination reason, long now) {
    if (end == null) {
      end = reason;
      endedAt = now;
    }
  }

  /// The closest peers that answered, the closest first: at most k and, beyond these, those of the
  /// region.
  public List<Contact> closest() {
    var closest = new ArrayList<Contact>(config.k());
    for (int i = 0; i < candidates.count() && isSought(i, closest.size()); i++) {
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
