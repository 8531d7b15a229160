package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One walk towards a key: whom to ask next, and when it is over. What is asked, and what an answer
/// holds besides closer peers, is its owner's business: the walk is the same for closest peers,
/// values, providers and addresses.
///
/// It asks the closest peers it has heard of, at most α at a time while it looks for the way. Once
/// β of the closest have answered, or those it has heard of lie as close as the k closest of the
/// network can be expected to, only the rest of the k closest is to be asked, and all of them at
/// once: they would be asked in any case. In a network that is well known it begins with that. It
/// ends when these have all answered or failed. Only who answered counts as found.
///
/// With several paths, whom it hears of belongs to the path that heard of it first. Each path goes
/// on until its own β closest have answered; then all are taken together, and the rest of the k
/// closest of all is asked.
///
/// A walk may be told to take in a whole [Region], at any rate or if peers crowd around the target:
/// then everybody within its radius counts as one of the closest, even beyond k, so that k peers
/// who have placed themselves right at the target do not keep the others from being found. Of each
/// octave of distance at most twice k count: however many crowd around the target, they take no
/// place from those farther off.
///
/// Who has not answered when most would have is late: then the next closest is asked besides, so as
/// not to lose time should the late one turn out to be slow. Nobody waits for a slow one; only with
/// fewer than k in all until it is given up, and until somebody has answered.
///
/// Confined to whoever drives it. After each call to [#answered], [#failed] or [#markSlow], ask
/// [#next] until it has nobody more, then look at [#isOver].
public final class Lookup {
  /// How many times k candidates are remembered of each octave. Honest peers name some k of one.
  private static final int REMEMBERED = 4;

  /// How many times α requests to slow peers may be open besides those that count.
  private static final int MAX_SLOW = 2;

  private static final long NEVER = Long.MAX_VALUE / 2;

  private final LookupConfig config;
  private final Predicate<Contact> admitted;
  private final long nearEnough;
  private final boolean familiar;
  private final Sought sought;
  private final KadKey target;
  private final KadKey self;
  private final long startedAt;
  private final Candidates candidates;
  private final Awaited awaited;
  private final Paths paths;

  // What was seen when those sought were last looked at:

  /// How many have answered, or may yet.
  private int alive;

  /// How many have answered before the first, in their order, that has not.
  private int settled;

  /// How many were late.
  private int late;

  private int asked;
  private int answered;
  private int failed;
  private long endedAt;
  private boolean arrived;
  private @Nullable Termination end;

  /// A walk without a region.
  ///
  /// @param self never asked, whoever names it
  /// @param seeds whom to begin with
  /// @param now monotonic nanos
  public Lookup(LookupConfig config, KadKey target, KadKey self, List<Contact> seeds, long now) {
    this(config, Region.UNKNOWN, target, self, _ -> true, seeds, now);
  }

  /// A walk that knows what to expect.
  ///
  /// @param region whom to take in besides the k closest
  /// @param admitted who may be asked
  public Lookup(
      LookupConfig config,
      Region region,
      KadKey target,
      KadKey self,
      Predicate<Contact> admitted,
      List<Contact> seeds,
      long now) {
    this.config = config;
    this.admitted = admitted;
    this.nearEnough = region.nearEnough();
    this.familiar = region.familiar();
    this.target = target;
    this.self = self;
    this.startedAt = now;
    this.candidates = new Candidates(target, REMEMBERED * config.k());
    this.awaited = new Awaited(candidates);
    this.sought = new Sought(candidates, config.k(), region);
    this.paths = new Paths(config, candidates);
    for (Contact seed : seeds) {
      hear(seed, 1, paths.deal(seed));
    }
    if (candidates.count() == 0) {
      end(Termination.NO_PEERS, now);
    }
  }

  private boolean hear(Contact contact, int hops, int path) {
    return !contact.isAt(self) && admitted.test(contact) && candidates.add(contact, hops, path);
  }

  public KadKey target() {
    return target;
  }

  /// How many peers were asked and have neither answered nor failed, the slow ones left out.
  public int inFlight() {
    return end == null ? awaited.inFlight() : 0;
  }

  /// Monotonic nanos.
  public long startedAt() {
    return startedAt;
  }

  public boolean isOver() {
    return end != null;
  }

  /// Whom to ask now; null if nobody for the moment, or for ever when [#isOver]. Waits for
  /// everybody alike.
  public @Nullable Contact next(long now) {
    return next(now, _ -> now + NEVER);
  }

  /// Whom to ask now; null if nobody for the moment, or for ever when [#isOver].
  ///
  /// @param promptness what to expect of whoever is asked now
  public @Nullable Contact next(long now, Promptness promptness) {
    if (end != null) {
      return null;
    }
    int chosen = paths.areDone() ? chooseOfAll(now) : paths.choose();
    if (chosen < 0
        || awaited.inFlight() - late >= concurrency()
        || awaited.slow() >= MAX_SLOW * config.alpha()) {
      return null;
    }
    awaited.ask(chosen, now, promptness);
    asked++;
    return candidates.contact(chosen);
  }

  /// How many may be in flight: α, and near the target as many as are still needed. Where β answers
  /// are enough, one more makes up for one that fails.
  private int concurrency() {
    if (!arrived) {
      return config.alpha();
    }
    return config.followUp()
        ? Math.max(config.alpha(), config.k())
        : Math.min(config.alpha(), needed());
  }

  /// How many of the closest that have not failed are asked near the target.
  private int needed() {
    return config.followUp() ? Integer.MAX_VALUE : config.beta() + 1;
  }

  /// The closest peer that has not been asked, if it is one of those to be found or may have to
  /// stand in for one of them that is late. Ends the walk when those to be found have all answered.
  private int chooseOfAll(long now) {
    int unasked = look(now);
    if (isComplete()) {
      end(Termination.COMPLETED, now);
      return -1;
    }
    if (isStarved(now)) {
      end(Termination.STARVED, now);
      return -1;
    }
    return unasked < 0 && late > 0 ? standIn(now) : unasked;
  }

  /// Looks at those sought, and so sees whether the walk has arrived.
  ///
  /// @return the closest of them who is to be asked; negative if nobody is
  private int look(long now) {
    int unasked = -1;
    boolean unbroken = true;
    alive = 0;
    settled = 0;
    late = 0;
    sought.begin();
    while (sought.advance()) {
      int i = sought.index();
      byte state = candidates.state(i);
      if (!Candidates.isPromising(state)) {
        continue;
      }
      sought.count();
      alive++;
      unbroken &= state == Candidates.ANSWERED;
      settled += unbroken ? 1 : 0;
      if (state == Candidates.HEARD && unasked < 0 && (!arrived || alive <= needed())) {
        unasked = i;
      }
      late += awaited.isLate(i, now) ? 1 : 0;
      if (alive == config.k()) {
        arrived |= Long.compareUnsigned(candidates.near(i), nearEnough) <= 0;
      }
    }
    // Where nearly everybody is known and these are fewer than k, there are no more.
    arrived |= settled >= config.beta() || (familiar && alive < config.k());
    return unasked;
  }

  /// Whether those to be found have all answered, or as many of them as are enough.
  private boolean isComplete() {
    return (alive >= config.k() && settled == alive)
        || (!config.followUp() && settled >= config.beta());
  }

  /// Whether all there are have answered. With fewer than k there is time to wait for the slow
  /// ones, as long as they may answer yet.
  private boolean isStarved(long now) {
    return settled == alive && (answered == 0 ? awaited.slow() == 0 : awaited.areSlowGivenUp(now));
  }

  /// The closest peer not asked of those who would be sought if nobody who is late were there:
  /// should these turn out slow, the answers of others are in by then.
  private int standIn(long now) {
    sought.begin();
    while (sought.advance()) {
      int i = sought.index();
      byte state = candidates.state(i);
      if (state == Candidates.HEARD) {
        return i;
      }
      if (Candidates.isPromising(state) && !awaited.isLate(i, now)) {
        sought.count();
      }
    }
    return -1;
  }

  /// Whether only those are left to be asked who would be asked in any case.
  public boolean hasArrived() {
    return arrived;
  }

  /// Which share of the [#holders] was known when the walk began. Had all of them been asked at
  /// once then, the other questions would have been in vain.
  public double foreseen() {
    return sought.foreseen();
  }

  /// Whether more peers lie right at the target than can be by chance: then what peers say are the
  /// closest may not reach those farther off in the region.
  public boolean isCrowded() {
    return sought.isCrowded();
  }

  /// Whether a peer lies where there is a crowd if there is one.
  public boolean isInCrowd(Contact contact) {
    return sought.isInCrowd(target.high() ^ contact.high());
  }

  /// Takes in peers that were found by other ways; a walk that was at its end goes on if it had not
  /// heard of all of them.
  public void resume(List<Contact> found) {
    boolean any = false;
    for (Contact contact : found) {
      any |= hear(contact, 1, 0);
    }
    goOn(any);
  }

  /// Whether more may come: it is under way, or at its own end and nobody has ended it.
  private boolean isOpen() {
    return end == null || end == Termination.COMPLETED || end == Termination.STARVED;
  }

  private void goOn(boolean anybodyNew) {
    if (anybodyNew && isOpen()) {
      end = null;
    }
  }

  /// Takes the answer of a peer that was asked, also at the walk's own end, from where it goes on
  /// if the answer names anybody new. The peer's own key, ours and those known are left out, as is
  /// what exceeds twice k: "honest peers return at most k".
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
    goOn(!heard.isEmpty());
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
    int index = isOpen() ? candidates.find(contact) : -1;
    return index >= 0 && awaited.settle(index, state) ? index : -1;
  }

  /// Stops counting on the peers that are slow by now. Their answers are still welcome.
  ///
  /// @return who they are
  public List<Contact> markSlow(long now) {
    return end == null ? awaited.markSlow(now) : List.of();
  }

  /// When the next peer will be late, slow or given up: time for [#markSlow] and [#next].
  public OptionalLong slowAt(long now) {
    return end == null ? awaited.nextChange(now) : OptionalLong.empty();
  }

  /// Ends the walk with what it has, for good; without effect if it was ended before.
  public void end(Termination reason, long now) {
    if (isOpen()) {
      end = reason;
      endedAt = now;
    }
  }

  /// The closest peers that answered, the closest first: at most k and, beyond these, those of the
  /// region.
  public List<Contact> closest() {
    return sought.select(state -> state == Candidates.ANSWERED);
  }

  /// Who should keep a record, whether or not it has been asked: the closest that have not failed
  /// and are not slow, at most k and, beyond these, those of the region. The closest first.
  public List<Contact> holders() {
    return sought.select(Candidates::isPromising);
  }

  /// Everybody who has not failed, the closest first.
  public List<Contact> known() {
    return candidates.notFailed();
  }

  /// What the walk has cost so far. While it lasts, the reason is [Termination#CANCELLED].
  public LookupStats stats(long now) {
    Termination reason = end == null ? Termination.CANCELLED : end;
    long until = end == null ? now : endedAt;
    return new LookupStats(
        reason,
        asked,
        answered,
        failed,
        candidates.hopsToAnswers(),
        Duration.ofNanos(until - startedAt));
  }
}
