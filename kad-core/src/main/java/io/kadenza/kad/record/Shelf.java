package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The values of a store for those who read on other threads, so that a GET_VALUE is answered where
/// it arrives. Written by the engine alone; read by any, who sees what was stored before he asked.
public final class Shelf {
  private record Kept(Record record, Instant expires) {}

  private final Map<Bytes, Kept> kept = new ConcurrentHashMap<>(0);

  /// An empty one, for one store.
  public Shelf() {}

  void put(Record record, Instant expires) {
    kept.put(record.key(), new Kept(record, expires));
  }

  void remove(Bytes key) {
    kept.remove(key);
  }

  /// What [RecordStore#get] answers.
  public Optional<Record> get(Bytes key, Instant now) {
    Kept found = kept.get(key);
    return found != null && now.isBefore(found.expires)
        ? Optional.of(found.record)
        : Optional.empty();
  }
}
