package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Provider records in memory, bounded by [ProviderLimits]. Confined to the engine's thread.
///
/// When the store is full, the key announced longest ago gives way; when a key has all the
/// providers it may have, a random one does, so that neither the first nor the last to come can
/// shut the others out for certain.
public final class MemoryProviderStore implements ProviderStore {
  private final ProviderLimits limits;
  private final RandomGenerator random;

  /// Keys in the order in which they were last announced.
  private final LinkedHashMap<Bytes, ArrayList<Held>> byKey = new LinkedHashMap<>(0);

  private final Map<PeerId, Integer> perPeer = new HashMap<>(0);
  private int size;

  public MemoryProviderStore(ProviderLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
  }

  @Override
  public StoreVerdict add(Bytes key, PeerInfo provider, Instant now) {
    if (key.isEmpty() || key.size() > ProviderLimits.MAX_KEY_BYTES) {
      return StoreVerdict.TOO_LARGE;
    }
    List<Held> known = byKey.get(key);
    int index = known == null ? -1 : find(known, provider.id());
    if (known != null && index >= 0) {
      known.set(index, held(provider, now));
      renew(key);
      return StoreVerdict.STORED;
    }
    if (perPeer.getOrDefault(provider.id(), 0) >= limits.maxRecordsPerPeer()) {
      return StoreVerdict.QUOTA;
    }
    if (size >= limits.maxRecords() && !makeRoom()) {
      return StoreVerdict.FULL;
    }
    renew(key);
    ArrayList<Held> held = byKey.computeIfAbsent(key, _ -> new ArrayList<>(1));
    if (held.size() >= limits.maxProvidersPerKey()) {
      forget(held, random.nextInt(held.size()));
    }
    held.add(held(provider, now));
    perPeer.merge(provider.id(), 1, Integer::sum);
    size++;
    return StoreVerdict.STORED;
  }

  private Held held(PeerInfo provider, Instant now) {
    return new Held(provider, now.plus(limits.ttl()), now.plus(limits.addressTtl()));
  }

  /// Moves a key to the end of the order.
  private void renew(Bytes key) {
    ArrayList<Held> held = byKey.remove(key);
    if (held != null) {
      byKey.put(key, held);
    }
  }

  private boolean makeRoom() {
    Iterator<ArrayList<Held>> eldest = byKey.values().iterator();
    if (!eldest.hasNext()) {
      return false;
    }
    ArrayList<Held> held = eldest.next();
    forget(held, 0);
    if (held.isEmpty()) {
      eldest.remove();
    }
    return true;
  }

  /// Removes one of a key's providers, leaving the order of the others to chance.
  private void forget(List<Held> held, int index) {
    Held gone = held.get(index);
    Held last = held.removeLast();
    if (index < held.size()) {
      held.set(index, last);
    }
    perPeer.computeIfPresent(gone.provider.id(), (_, n) -> n == 1 ? null : n - 1);
    size--;
  }

  private static int find(List<Held> held, PeerId peer) {
    for (int i = 0; i < held.size(); i++) {
      if (held.get(i).provider.id().equals(peer)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public List<PeerInfo> get(Bytes key, RandomGenerator dice, Instant now) {
    ArrayList<Held> held = byKey.get(key);
    if (held == null) {
      return List.of();
    }
    dropExpired(held, now);
    if (held.isEmpty()) {
      byKey.remove(key);
      return List.of();
    }
    // The front of a shuffled list; the list itself has no order to lose.
    int count = Math.min(limits.maxReplied(), held.size());
    var found = new ArrayList<PeerInfo>(count);
    for (int i = 0; i < count; i++) {
      int other = i + dice.nextInt(held.size() - i);
      Held chosen = held.get(other);
      held.set(other, held.get(i));
      held.set(i, chosen);
      found.add(chosen.at(now));
    }
    return found;
  }

  private void dropExpired(List<Held> held, Instant now) {
    for (int i = held.size() - 1; i >= 0; i--) {
      if (held.get(i).isExpired(now)) {
        forget(held, i);
      }
    }
  }

  @Override
  public boolean remove(Bytes key, PeerId provider) {
    ArrayList<Held> held = byKey.get(key);
    int index = held == null ? -1 : find(held, provider);
    if (held == null || index < 0) {
      return false;
    }
    forget(held, index);
    if (held.isEmpty()) {
      byKey.remove(key);
    }
    return true;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void sweep(Instant now) {
    Iterator<ArrayList<Held>> all = byKey.values().iterator();
    while (all.hasNext()) {
      ArrayList<Held> held = all.next();
      dropExpired(held, now);
      if (held.isEmpty()) {
        all.remove();
      }
    }
  }

  private record Held(PeerInfo provider, Instant expires, Instant addressesExpire) {
    boolean isExpired(Instant now) {
      return !now.isBefore(expires);
    }

    PeerInfo at(Instant now) {
      return now.isBefore(addressesExpire) ? provider : new PeerInfo(provider.id(), List.of());
    }
  }
}
