package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Provider records in memory, bounded by [ProviderLimits]. Confined to the engine.
///
/// When the store is full, a record that was not announced again in time gives way, or one of a
/// network that has much to one that has less ([Eviction]); when a key has all the providers it may
/// have, a random one does, so that neither the first nor the last to come can shut the others out
/// for certain; when it has all that may come from one IP group, a random one of these does.
public final class MemoryProviderStore implements ProviderStore {
  /// Keys that one call of [#sweep] looks at: some tenths of a millisecond.
  private static final int SWEEP_STEP = 4_096;

  /// Records that give way to one newcomer. A peer makes room when its last one does.
  private static final int MAX_EVICTIONS = 8;

  private final ProviderLimits limits;
  private final RandomGenerator random;

  /// Null until the first record comes: a simulated network has a store for each of its nodes.
  private @Nullable ProviderBook book;

  private @Nullable Eviction eviction;
  private int swept;

  /// An empty store.
  ///
  /// @param random seeds the hash that keeps peers from aiming at collisions, and chooses who gives
  ///   way
  public MemoryProviderStore(ProviderLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
  }

  /// A store that goes on where an earlier one stopped.
  ///
  /// @param book as [RestoredProviders] made it
  MemoryProviderStore(ProviderLimits limits, RandomGenerator random, ProviderBook book) {
    this(limits, random);
    this.book = book;
  }

  @Override
  public StoreVerdict add(Bytes key, PeerInfo provider, Sender from, Instant now) {
    if (!ProviderLimits.isKey(key)) {
      return StoreVerdict.TOO_LARGE;
    }
    ProviderBook records = book;
    if (records == null) {
      records = new ProviderBook(limits, random.nextLong(), random.nextLong(), null);
      book = records;
    }
    int second = Seconds.of(now);
    int expires = Seconds.after(second, Seconds.span(limits.ttl()));
    int addressTtl = Seconds.span(limits.addressTtl());
    int slot = records.find(key);
    Announcer peer = records.announcers().find(provider.id());
    int index = slot == KeySlots.NONE || peer == null ? -1 : records.find(slot, peer);
    if (index >= 0) {
      records.announcer(provider, from.ipGroup(), second, addressTtl);
      records.renew(slot, index, key, expires);
      return StoreVerdict.STORED;
    }
    if ((peer == null ? 0 : peer.records()) >= limits.maxRecordsPerPeer()) {
      return StoreVerdict.QUOTA;
    }
    for (int i = 0; isFull(records, peer == null); i++) {
      if (i == MAX_EVICTIONS || !evict(records, from, second)) {
        return StoreVerdict.FULL;
      }
      slot = records.find(key);
    }
    Announcer newcomer = records.announcer(provider, from.ipGroup(), second, addressTtl);
    if (slot != KeySlots.NONE && !makeRoom(records, slot, newcomer, second)) {
      slot = KeySlots.NONE;
    }
    records.add(slot, key, newcomer, expires);
    return StoreVerdict.STORED;
  }

  private boolean isFull(ProviderBook records, boolean fromStranger) {
    return records.size() >= Math.min(limits.maxRecords(), KeySlots.MAX_SLOTS - 1)
        || (fromStranger && records.announcers().count() >= limits.maxPeers());
  }

  private boolean evict(ProviderBook records, Sender newcomer, int now) {
    Eviction evicting = eviction == null ? new Eviction(records, random) : eviction;
    eviction = evicting;
    return records.size() > 0 && evicting.makeRoom(newcomer, now, Seconds.span(limits.ttl()));
  }

  /// Makes room among a key's providers for one more; false if none of them is left.
  private boolean makeRoom(ProviderBook records, int slot, Announcer newcomer, int now) {
    if (!dropExpired(records, slot, now)) {
      return false;
    }
    if (newcomer.share().ipGroup != 0) {
      int fellows = 0;
      int chosen = -1;
      for (int i = 0; i < records.count(slot); i++) {
        if (records.announcer(slot, i).share() == newcomer.share()) {
          fellows++;
          // Each of those seen so far with the same probability.
          chosen = random.nextInt(fellows) == 0 ? i : chosen;
        }
      }
      if (fellows >= limits.maxPerIpGroup() && records.remove(slot, chosen)) {
        return false;
      }
    }
    int count = records.count(slot);
    return count < limits.maxProvidersPerKey() || !records.remove(slot, random.nextInt(count));
  }

  /// Forgets a key's expired records; false if none is left.
  private boolean dropExpired(ProviderBook records, int slot, int now) {
    int ttl = Seconds.span(limits.ttl());
    for (int i = records.count(slot) - 1; i >= 0; i--) {
      int expires = records.expires(slot, i);
      if (Seconds.isOver(expires, now)) {
        if (records.remove(slot, i)) {
          return false;
        }
      } else if (Seconds.bounded(expires, now, ttl) != expires) {
        records.expires(slot, i, Seconds.bounded(expires, now, ttl));
      }
    }
    return true;
  }

  @Override
  public List<PeerInfo> get(Bytes key, RandomGenerator dice, Instant now) {
    ProviderBook records = book;
    int slot = records == null ? KeySlots.NONE : records.find(key);
    int second = Seconds.of(now);
    if (records == null || slot == KeySlots.NONE || !dropExpired(records, slot, second)) {
      return List.of();
    }
    // The front of a shuffled list; the list itself has no order to lose.
    int all = records.count(slot);
    int count = Math.min(limits.maxReplied(), all);
    int addressTtl = Seconds.span(limits.addressTtl());
    var found = new ArrayList<PeerInfo>(count);
    for (int i = 0; i < count; i++) {
      records.swap(slot, i, i + dice.nextInt(all - i));
      found.add(records.announcer(slot, i).at(second, addressTtl));
    }
    return found;
  }

  @Override
  public List<PeerInfo> held(Bytes key, Instant now) {
    ProviderBook records = book;
    int slot = records == null ? KeySlots.NONE : records.find(key);
    if (records == null || slot == KeySlots.NONE) {
      return List.of();
    }
    int second = Seconds.of(now);
    int addressTtl = Seconds.span(limits.addressTtl());
    var found = new ArrayList<PeerInfo>(records.count(slot));
    for (int i = 0; i < records.count(slot); i++) {
      if (!Seconds.isOver(records.expires(slot, i), second)) {
        found.add(records.announcer(slot, i).at(second, addressTtl));
      }
    }
    return found;
  }

  @Override
  public boolean remove(Bytes key, PeerId provider) {
    ProviderBook records = book;
    Announcer peer = records == null ? null : records.announcers().find(provider);
    int slot = records == null || peer == null ? KeySlots.NONE : records.find(key);
    if (records == null || peer == null || slot == KeySlots.NONE) {
      return false;
    }
    int index = records.find(slot, peer);
    if (index < 0) {
      return false;
    }
    records.remove(slot, index);
    return true;
  }

  @Override
  public int size() {
    return book == null ? 0 : book.size();
  }

  @Override
  public boolean sweep(Instant now) {
    ProviderBook records = book;
    if (records == null) {
      return false;
    }
    int second = Seconds.of(now);
    int end = Math.min(records.end(), swept + SWEEP_STEP);
    for (int slot = swept; slot < end; slot++) {
      if (records.isUsed(slot)) {
        dropExpired(records, slot, second);
      }
    }
    swept = end < records.end() ? end : 0;
    return swept > 0;
  }
}
