package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rules of a [MemoryRecordStore] in one map, every question answered by a look at all records.
final class RecordModel {
  private record Held(Record record, Sender from, Instant expires) {
    int size() {
      return record.key().size() + record.value().size();
    }

    boolean isExpired(Instant now) {
      return !now.isBefore(expires);
    }
  }

  private final RecordLimits limits;

  /// In the order in which they were stored.
  private LinkedHashMap<Bytes, Held> all = new LinkedHashMap<>();

  RecordModel(RecordLimits limits) {
    this.limits = limits;
  }

  RecordLimits limits() {
    return limits;
  }

  int size() {
    return all.size();
  }

  long bytes() {
    return all.values().stream().mapToLong(Held::size).sum();
  }

  Set<Bytes> keys() {
    return all.keySet();
  }

  private Optional<Held> held(Bytes key, Instant now) {
    return Optional.ofNullable(all.get(key)).filter(held -> !held.isExpired(now));
  }

  Optional<PeerId> from(Bytes key, Instant now) {
    return held(key, now).map(held -> held.from().id());
  }

  Optional<Instant> expires(Bytes key, Instant now) {
    return held(key, now).map(Held::expires);
  }

  Optional<Bytes> value(Bytes key, Instant now) {
    return held(key, now).map(held -> held.record().value());
  }

  List<Bytes> firstKeys(int count, Instant now) {
    return all.keySet().stream()
        .filter(key -> held(key, now).isPresent())
        .sorted()
        .limit(count)
        .toList();
  }

  Optional<Bytes> get(Bytes key, Instant now) {
    all.computeIfPresent(key, (_, held) -> held.isExpired(now) ? null : bounded(held, now));
    return value(key, now);
  }

  void sweep(Instant now) {
    all.values().removeIf(held -> held.isExpired(now));
    all.replaceAll((_, held) -> bounded(held, now));
  }

  private Held bounded(Held held, Instant now) {
    return new Held(held.record(), held.from(), bounded(held.expires(), now));
  }

  private Instant bounded(Instant expires, Instant now) {
    Instant latest = now.plus(limits.ttl());
    return expires.isBefore(latest) ? expires : latest;
  }

  StoreVerdict put(Record record, Sender from, Instant now, Instant until) {
    Held old = all.get(record.key());
    Sender owner = old != null && old.record().value().equals(record.value()) ? old.from() : from;
    var added = new Held(record, owner, bounded(until, now));
    if (record.key().isEmpty()
        || record.key().size() > limits.maxKeyBytes()
        || record.value().size() > limits.maxValueBytes()) {
      return StoreVerdict.TOO_LARGE;
    }
    if (isFull(all.values(), added)) {
      while (!all.isEmpty() && all.firstEntry().getValue().isExpired(now)) {
        all.pollFirstEntry();
      }
    }
    if (exceedsShare(added)) {
      return StoreVerdict.QUOTA;
    }
    var left = new LinkedHashMap<>(all);
    while (isFull(others(left.values(), added), added)) {
      Held victim = givingWay(left.values(), added);
      if (victim == null) {
        return StoreVerdict.FULL;
      }
      left.remove(victim.record().key());
    }
    left.remove(record.key());
    left.put(record.key(), added);
    all = left;
    return StoreVerdict.STORED;
  }

  private static List<Held> others(Collection<Held> some, Held than) {
    return some.stream().filter(held -> !held.record().key().equals(than.record().key())).toList();
  }

  private boolean isFull(Collection<Held> some, Held added) {
    return some.size() >= limits.maxRecords()
        || some.stream().mapToLong(Held::size).sum() + added.size() > limits.maxBytes();
  }

  private boolean exceedsShare(Held added) {
    List<Held> ofSame =
        others(all.values(), added).stream()
            .filter(held -> held.from().id().equals(added.from().id()))
            .toList();
    return ofSame.size() >= limits.maxRecordsPerPeer()
        || ofSame.stream().mapToLong(Held::size).sum() + added.size() > limits.maxBytesPerPeer();
  }

  private long weight(Held held) {
    return held.size() + limits.maxBytes() / Math.max(1, limits.maxRecords());
  }

  /// The eldest of the network that has most, if that is left with no less than the newcomer's then
  /// has; null if there is none.
  private @Nullable Held givingWay(Collection<Held> some, Held newcomer) {
    var weights = new TreeMap<Long, Long>();
    some.forEach(held -> weights.merge(held.from().network(), weight(held), Long::sum));
    if (weights.isEmpty()) {
      return null;
    }
    var most =
        weights.entrySet().stream()
            .max(
                Comparator.comparing(Map.Entry<Long, Long>::getValue)
                    .thenComparing(Map.Entry::getKey))
            .orElseThrow();
    long own = newcomer.from().network();
    Held eldest =
        some.stream()
            .filter(held -> held.from().network() == most.getKey())
            .findFirst()
            .orElseThrow();
    boolean fair =
        most.getKey() != own
            && most.getValue() - weight(eldest) >= weights.getOrDefault(own, 0L) + weight(newcomer);
    return fair ? eldest : null;
  }
}
