package io.kadenza.kad.engine;

import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.Provided;
import io.kadenza.kad.provide.Rota;
import io.kadenza.kad.provide.Span;
import io.kadenza.kad.provide.SweepStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sees to it that the network knows of everything we provide. The keyspace is gone through once
/// per interval, each key when its cell has its turn; new keys, and those that nobody took, do not
/// wait for it. Either way they are told region by region, one region at a time. Confined to the
/// engine.
///
/// When nobody at all answers, it is we who are cut off: then the sweep stands still, tries again
/// from time to time, and afterwards catches up with what it has missed.
final class Sweep {
  /// How long a new key waits for others to share its region's questions.
  private static final Duration SOON = Duration.ofSeconds(1);

  /// After how long keys that nobody took are tried again, twice as long each time.
  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final Duration MAX_RETRY = Duration.ofMinutes(30);

  /// After how long we try again when nobody answers, twice as long each time.
  private static final Duration PROBE = Duration.ofSeconds(15);

  private static final Duration MAX_PROBE = Duration.ofMinutes(5);

  /// What was told within this part of the interval before its turn is not told again: it is new,
  /// or the node was restarted in the middle of a region.
  private static final int FRESH = 22;

  /// Never longer without looking at the clock, which may have been set.
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(10);

  private final Node node;
  private final Keystore keystore;
  private final Rota rota;
  private final SweepTally tally = new SweepTally();

  /// The turn that is to be done next; meaningful once there are keys.
  private long turn;

  private boolean started;
  private @Nullable RegionSweep running;
  private Chart chart = new Chart(0);
  private final Alarm alarm = new Alarm();

  /// The cell from which waiting keys are told next, and when they may be.
  private int waitingFrom;

  private long waitingAt;
  private Duration retry = RETRY;
  private boolean missedSome;
  private boolean waitingIsNext;

  private boolean offline;
  private long probeAt;
  private Duration probe = PROBE;
  private boolean knewNobody;

  Sweep(Node node) {
    this.node = node;
    this.keystore = node.keystore;
    this.rota = new Rota(node.config.reprovideInterval(), Span.cellOf(node.key));
  }

  /// Keys have come.
  ///
  /// @param count how many
  void added(int count) {
    begin();
    long soon = node.now.nanosAfter(SOON);
    // They do not wait for those that nobody took.
    if (keystore.waiting() == count || !node.now.reached(waitingAt)) {
      waitingAt = soon;
    }
    alarm.wakeAt(soon);
  }

  private void begin() {
    if (!started) {
      started = true;
      waitingAt = node.now.nanos();
      if (keystore.size() > 0) {
        alarm.wakeAt(waitingAt);
      }
    }
  }

  /// Called after every step.
  void observe() {
    begin();
    if (offline && knewNobody && isConnected()) {
      knewNobody = false;
      probeAt = node.now.nanosAfter(SOON);
      alarm.wakeAt(probeAt);
    }
  }

  private boolean isConnected() {
    return node.table.size() > 0 && !node.neighbourhood.own().info().addresses().isEmpty();
  }

  long deadline() {
    RegionSweep region = running;
    return region == null ? alarm.deadline() : region.deadline();
  }

  void tick() {
    RegionSweep region = running;
    if (region != null) {
      region.tick();
    } else if (alarm.goesOff(node.now)) {
      proceed();
    }
  }

  private void proceed() {
    if (keystore.size() == 0 || running != null) {
      return;
    }
    if (!isConnected()) {
      goOffline();
      return;
    }
    if (offline && !node.now.reached(probeAt)) {
      alarm.wakeAt(probeAt);
      return;
    }
    int due = dueCell();
    int waiting = waitingCell();
    if (due < 0 && waiting < 0) {
      offline = false; // there is a network, and nothing that stands still for it
      sleep();
    } else if (due < 0 || (waiting >= 0 && waitingIsNext)) {
      waitingIsNext = false;
      tell(RegionSweep.Purpose.Waiting.INSTANCE, waiting);
    } else {
      waitingIsNext = true;
      tell(new RegionSweep.Purpose.Due(freshFrom(), freshTo()), due);
    }
  }

  private Instant freshFrom() {
    return node.now.wall().minus(rota.interval().dividedBy(FRESH));
  }

  /// What was told later than this was told while the clock was ahead; one that is only corrected a
  /// little is no reason to tell anything twice.
  private Instant freshTo() {
    return node.now.wall().plus(rota.interval().dividedBy(FRESH));
  }

  /// The first cell whose turn has come and in which there is something to tell; negative if there
  /// is none. Turns without anything to tell are over with this.
  private int dueCell() {
    long present = rota.turnAt(node.now.wall());
    settlePosition(present);
    long due = dueTurn(present);
    advance(due);
    return due <= present ? rota.cellOf(due) : -1;
  }

  /// The first turn, up to the present one, in which there is something to tell; a later one if
  /// there is none.
  private long dueTurn(long present) {
    long next = turn;
    while (next <= present) {
      int cell = rota.cellOf(next);
      int to = (int) Math.min(Span.CELLS, cell + present - next + 1);
      List<Provided> first = keystore.notTold(freshFrom(), freshTo(), new Span(cell, to), null, 1);
      if (!first.isEmpty()) {
        return next + Span.cellOf(first.getFirst().point()) - cell;
      }
      next += to - cell;
    }
    return next;
  }

  /// Reads the position at first; keeps it within one interval of the present, whatever has become
  /// of the clock. What is skipped by that belongs to no cycle.
  private void settlePosition(long present) {
    long position =
        tally.isFresh() ? keystore.sweptUntil().map(rota::turnAt).orElse(present) : turn;
    // A region that was begun in time may reach far ahead.
    long settled =
        position > present + Span.CELLS ? present : Math.max(position, present - Span.CELLS + 1);
    if (tally.isFresh() || settled != turn) {
      turn = settled;
      tally.begin(turn, node.now.nanos());
    }
  }

  private void advance(long to) {
    if (to != turn) {
      turn = to;
      keystore.sweptUntil(rota.timeOf(turn));
      tally.reached(turn, node.now.nanos());
    }
  }

  /// The cell of the next waiting key, negative if none is to be told now.
  private int waitingCell() {
    if (keystore.waiting() == 0) {
      waitingFrom = 0;
      retry = RETRY;
      missedSome = false;
      return -1;
    }
    if (!node.now.reached(waitingAt)) {
      return -1;
    }
    List<Provided> first = keystore.waiting(new Span(waitingFrom, Span.CELLS), null, 1);
    if (!first.isEmpty()) {
      return Span.cellOf(first.getFirst().point());
    }
    waitingFrom = 0;
    if (missedSome) {
      missedSome = false;
      waitingAt = node.now.nanosAfter(retry);
      retry = Backoff.next(retry, MAX_RETRY);
      return -1;
    }
    first = keystore.waiting(Span.ALL, null, 1);
    return Span.cellOf(first.getFirst().point());
  }

  private void sleep() {
    long next = node.now.nanosAfter(LONGEST_SLEEP);
    if (keystore.waiting() > 0 && waitingAt - next < 0) {
      next = waitingAt;
    }
    long due = node.now.nanosAfter(untilNextKey());
    alarm.wakeAt(due - next < 0 ? due : next);
  }

  private Duration untilNextKey() {
    int cell = rota.cellOf(turn);
    List<Provided> first = firstOf(new Span(cell, Span.CELLS));
    if (first.isEmpty()) {
      first = firstOf(new Span(0, cell));
    }
    if (first.isEmpty()) {
      return LONGEST_SLEEP;
    }
    int ahead = (Span.cellOf(first.getFirst().point()) - cell) & (Span.CELLS - 1);
    Duration wait = Duration.between(node.now.wall(), rota.timeOf(turn + ahead));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /// The first key in a span, whenever it was told.
  private List<Provided> firstOf(Span span) {
    return keystore.notTold(Instant.MAX, Instant.MIN, span, null, 1);
  }

  private void tell(RegionSweep.Purpose purpose, int cell) {
    if (chart.isStale(node.now.nanos())) {
      chart = new Chart(node.now.nanos());
    }
    var region = new RegionSweep(node, keystore, chart, purpose, cell, this::done);
    running = region;
    region.start();
  }

  private void done(RegionSweep region) {
    running = null;
    tally.add(region, node.now);
    if (!region.hasMetAnybody()) {
      goOffline();
      return;
    }
    offline = false;
    probe = PROBE;
    Span span = region.span();
    node.happened(
        new EngineEvent.RegionProvided(
            span, region.told(), region.missed(), region.findNodes(), region.messages()));
    switch (region.purpose()) {
      case RegionSweep.Purpose.Waiting _ -> waitingFrom = span.to();
      case RegionSweep.Purpose.Due _ -> advance(turn + span.width());
    }
    if (region.missed() > 0) {
      missedSome = true;
      if (waitingFrom == 0) {
        waitingAt = node.now.nanosAfter(retry);
      }
    }
    alarm.wakeAt(node.now.nanos());
  }

  private void goOffline() {
    offline = true;
    knewNobody = !isConnected();
    probeAt = node.now.nanosAfter(probe);
    probe = Backoff.next(probe, MAX_PROBE);
    alarm.wakeAt(probeAt);
  }

  /// How it goes.
  SweepStats stats() {
    long present = rota.turnAt(node.now.wall());
    long behind = tally.isFresh() ? 0 : Math.max(0, present - dueTurn(present));
    Duration lag = Duration.between(rota.timeOf(present - behind), rota.timeOf(present));
    return tally.stats(keystore, offline, rota.interval(), turn, lag);
  }
}
