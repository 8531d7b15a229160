package io.kadenza.kad.provide;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Own values in memory, bounded by [ProvideLimits].
public final class MemoryOwnValues implements OwnValues {
  private final ProvideLimits limits;
  private final TreeMap<Bytes, OwnValue> byKey = new TreeMap<>();
  private long bytes;

  public MemoryOwnValues(ProvideLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean keep(Bytes key, Bytes value) {
    OwnValue old = byKey.get(key);
    long after = bytes + key.size() + value.size() - (old == null ? 0 : sizeOf(old));
    if (after > limits.maxValueBytes() || (old == null && byKey.size() >= limits.maxValues())) {
      return false;
    }
    byKey.put(key, new OwnValue(key, value, Optional.empty()));
    bytes = after;
    return true;
  }

  private static int sizeOf(OwnValue kept) {
    return kept.key().size() + kept.value().size();
  }

  @Override
  public boolean forget(Bytes key) {
    OwnValue old = byKey.remove(key);
    bytes -= old == null ? 0 : sizeOf(old);
    return old != null;
  }

  @Override
  public Optional<OwnValue> get(Bytes key) {
    return Optional.ofNullable(byKey.get(key));
  }

  @Override
  public List<OwnValue> all() {
    return List.copyOf(byKey.values());
  }

  @Override
  public int size() {
    return byKey.size();
  }

  @Override
  public void stored(Bytes key, Instant when) {
    byKey.computeIfPresent(key, (_, kept) -> new OwnValue(key, kept.value(), Optional.of(when)));
  }
}
