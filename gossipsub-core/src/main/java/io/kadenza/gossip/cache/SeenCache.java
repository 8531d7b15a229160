package io.kadenza.gossip.cache;

import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The ids of messages seen within a time. Confined to the engine's thread.
public final class SeenCache {
  /// Over 800 messages a second for the usual 120 s, in about 15 MB.
  public static final int MAX_IDS = 100_000;

  /// What an id takes in memory.
  private static final int BYTES_FOR_EACH = 160;

  private final Duration ttl;
  private final int capacity;

  /// The monotonic nanos until which an id counts as seen. All live equally long, so insertion
  /// order is expiry order.
  private final LinkedHashMap<Bytes, Long> expiry = new LinkedHashMap<>();

  /// @param maxBytes what the ids may take in memory; when full, or when there are [#MAX_IDS], the
  ///   oldest id goes first
  public SeenCache(Duration ttl, int maxBytes) {
    this.ttl = ttl;
    this.capacity = Math.min(MAX_IDS, maxBytes / BYTES_FOR_EACH);
  }

  public boolean contains(Bytes id, Now now) {
    Long until = expiry.get(id);
    return until != null && !now.reached(until);
  }

  /// Remembers `id` from now on; an id seen before keeps its time.
  public void add(Bytes id, Now now) {
    if (contains(id, now)) {
      return;
    }
    expiry.remove(id);
    if (expiry.size() == capacity) {
      expiry.pollFirstEntry();
    }
    expiry.put(id, now.nanosAfter(ttl));
  }

  /// Forgets what has expired.
  public void sweep(Now now) {
    Iterator<Map.Entry<Bytes, Long>> oldestFirst = expiry.entrySet().iterator();
    while (oldestFirst.hasNext() && now.reached(oldestFirst.next().getValue())) {
      oldestFirst.remove();
    }
  }

  public int size() {
    return expiry.size();
  }
}
