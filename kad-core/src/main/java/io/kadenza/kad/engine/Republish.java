package io.kadenza.kad.engine;

import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.OwnValues;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stores the values that this node published again, once per interval, one after the other, until
/// they are no longer valid or a better one is known here. Nothing is fetched for it, and what
/// others published is their business. Confined to the engine.
final class Republish {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// After how long those that nobody took are tried again, twice as long each time.
  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final Duration MAX_RETRY = Duration.ofMinutes(30);

  /// Never longer without looking at the clock, which may have been set.
  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(10);

  private final Node node;
  private final Values values;
  private final OwnValues own;

  /// Those that are being stored, whoever asked for it.
  private final Set<Record> underWay = new HashSet<>();

  private boolean started;
  private final Alarm alarm = new Alarm();
  private long notBefore;
  private Duration retry = RETRY;
  private boolean failedSome;

  /// Where the present pass over the values has come to; null at its beginning.
  private @Nullable Bytes after;

  Republish(Node node, Values values) {
    this.node = node;
    this.values = values;
    this.own = node.ownValues;
  }

  /// A value is being stored for the first time or again. False if there is no room to keep it.
  boolean begin(Record record) {
    // A disk that takes nothing is no reason for others to lose what is kept already.
    if (!own.keep(record.key(), record.value()) && !isKept(record)) {
      return false;
    }
    underWay.add(record);
    return true;
  }

  private boolean isKept(Record record) {
    return own.get(record.key()).filter(o -> o.value().equals(record.value())).isPresent();
  }

  /// That is over.
  void ended(Record record, Outcome.Stored outcome) {
    Bytes key = record.key();
    // One that was to be published now may have been worse than the one that is, and one that was
    // published first may have been replaced by now.
    boolean kept = underWay.remove(record);
    boolean current = isKept(record);
    switch (outcome.local()) {
      case INVALID, OUTDATED, TOO_LARGE -> {
        if (current) {
          own.forget(key);
          node.happened(new EngineEvent.ValueDropped(key, outcome.why()));
        }
      }
      case STORED, QUOTA, FULL, UNAVAILABLE -> {
        if (kept && current && outcome.copies() > 0) {
          own.stored(key, node.now.wall());
        } else {
          failedSome |= kept && current;
        }
      }
    }
    alarm.wakeAt(node.now.nanos());
  }

  /// Called after every step.
  void observe() {
    if (!started) {
      started = true;
      notBefore = node.now.nanos();
      if (own.size() > 0) {
        alarm.wakeAt(notBefore);
      }
    }
  }

  long deadline() {
    return alarm.deadline();
  }

  void tick() {
    if (alarm.goesOff(node.now)) {
      proceed();
    }
  }

  private void proceed() {
    if (own.size() == 0 || !underWay.isEmpty()) {
      return;
    }
    if (!node.now.reached(notBefore)) {
      alarm.wakeAt(notBefore);
      return;
    }
    OwnValue next = nextDue();
    if (next != null) {
      after = next.key();
      var record = new Record(next.key(), next.value());
      long deadline = node.now.nanosAfter(LIMIT);
      node.operations.start(
          new PutValueRun(node, node.operations.ownId(), deadline, record, values, this));
      return;
    }
    boolean passOver = after != null;
    after = null;
    if (failedSome) {
      failedSome = false;
      notBefore = node.now.nanosAfter(retry);
      retry = Backoff.next(retry, MAX_RETRY);
      alarm.wakeAt(notBefore);
    } else if (passOver) {
      retry = RETRY;
      alarm.wakeAt(node.now.nanos());
    } else {
      alarm.wakeAt(node.now.nanosAfter(untilNextDue()));
    }
  }

  private @Nullable OwnValue nextDue() {
    Bytes passed = after;
    for (OwnValue value : own.all()) {
      if ((passed == null || value.key().compareTo(passed) > 0)
          && !dueAt(value).isAfter(node.now.wall())) {
        return value;
      }
    }
    return null;
  }

  /// A value that was stored in the future, while the clock was ahead, is as one never stored.
  private Instant dueAt(OwnValue value) {
    return value
        .stored()
        .filter(at -> !at.isAfter(node.now.wall()))
        .map(at -> at.plus(node.config.reprovideInterval()))
        .orElse(Instant.MIN);
  }

  private Duration untilNextDue() {
    Instant next = node.now.wall().plus(LONGEST_SLEEP);
    for (OwnValue value : own.all()) {
      Instant due = dueAt(value);
      next = due.isBefore(next) ? due : next;
    }
    return Duration.between(node.now.wall(), next);
  }
}
