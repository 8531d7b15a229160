package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Values in memory, bounded by [RecordLimits]. Confined to the engine.
///
/// When the store is full, the network that has most in it makes room for one that has less, of
/// which it can be left with no less itself. So whoever fills the store, with however many peer
/// ids, shuts nobody else out, and takes nothing from those who have no more than their even share.
public final class MemoryRecordStore implements RecordStore {
  private final RecordLimits limits;

  /// In the order in which they were stored, which is by and large the order in which they expire.
  private final LinkedHashMap<Bytes, Held> records = new LinkedHashMap<>(0);

  private final Map<PeerId, Share> shares = new HashMap<>(0);

  /// Null until the first record comes: a simulated network has a store for each of its nodes.
  private @Nullable NetworkShares networks;

  private long bytes;

  private final @Nullable RecordJournal journal;

  /// Null in a simulation, where there are no other threads and a million stores.
  private final @Nullable Shelf shelf;

  public MemoryRecordStore(RecordLimits limits) {
    this(limits, null, null);
  }

  /// An empty store.
  ///
  /// @param journal told of every change but those that [#restore] makes
  /// @param shelf empty, for readers on other threads
  public MemoryRecordStore(
      RecordLimits limits, @Nullable RecordJournal journal, @Nullable Shelf shelf) {
    this.limits = limits;
    this.journal = journal;
    this.shelf = shelf;
  }

  /// Takes in a record of an earlier life; refused as [#put] refuses. Best in the order in which
  /// they expire.
  ///
  /// @param expires it lives no longer than a time to live from now on, even if this is later
  public StoreVerdict restore(Record record, Sender from, Instant expires, Instant now) {
    StoreVerdict verdict = admit(record, from, now);
    if (verdict.isStored()) {
      hold(new Held(record, from, bounded(expires, now)));
    }
    return verdict;
  }

  private Instant bounded(Instant expires, Instant now) {
    Instant latest = now.plus(limits.ttl());
    return expires.isBefore(latest) ? expires : latest;
  }

  @Override
  public Optional<Record> get(Bytes key, Instant now) {
    Held held = records.get(key);
    if (held == null) {
      return Optional.empty();
    }
    if (held.isExpired(now)) {
      remove(held);
      return Optional.empty();
    }
    boundTime(held, now);
    return Optional.of(held.record);
  }

  /// A record that was stored while the clock was ahead must not live longer for that.
  private void boundTime(Held held, Instant now) {
    Instant expires = bounded(held.expires, now);
    if (expires.isBefore(held.expires)) {
      var bounded = new Held(held.record, held.from, expires);
      records.replace(held.record.key(), bounded);
      show(bounded);
    }
  }

  private void show(Held held) {
    if (shelf != null) {
      shelf.put(held.record, held.expires);
    }
  }

  private void remove(Held held) {
    records.remove(held.record.key());
    release(held);
  }

  @Override
  public StoreVerdict put(Record record, Sender from, Instant now, Instant until) {
    Sender owner = owner(record, from);
    StoreVerdict verdict = admit(record, owner, now);
    if (verdict.isStored()) {
      var held = new Held(record.receivedAt(now), owner, bounded(until, now));
      hold(held);
      if (journal != null) {
        journal.stored(held.record, owner, held.expires);
      }
    }
    return verdict;
  }

  /// Whose a record is: whoever stores again what is there does not make it his, or he could fill
  /// the store and have it give way with the rest of what he has.
  private Sender owner(Record record, Sender from) {
    Held old = records.get(record.key());
    return old != null && old.record.value().equals(record.value()) ? old.from : from;
  }

  /// Makes room for the record, in place of the one there is under its key, if it may have any.
  private StoreVerdict admit(Record record, Sender from, Instant now) {
    if (!limits.isKey(record.key()) || record.value().size() > limits.maxValueBytes()) {
      return StoreVerdict.TOO_LARGE;
    }
    int size = record.key().size() + record.value().size();
    if (lacksRoom(records.size(), bytes, size)) {
      dropEldest(now);
    }
    Held old = records.get(record.key());
    if (exceedsShare(from.id(), size, old)) {
      return StoreVerdict.QUOTA;
    }
    return makeRoom(size, from, old) ? StoreVerdict.STORED : StoreVerdict.FULL;
  }

  private boolean lacksRoom(int recordsBefore, long bytesBefore, int size) {
    return recordsBefore >= limits.maxRecords() || bytesBefore + size > limits.maxBytes();
  }

  /// Has others' records give way to one of this size; none of them does if all that may would not
  /// be enough.
  ///
  /// @param old the record that is replaced, which makes room for the new one
  private boolean makeRoom(int size, Sender from, @Nullable Held old) {
    int recordsLeft = records.size() - (old == null ? 0 : 1);
    long bytesLeft = bytes - (old == null ? 0 : old.size());
    var victims = new ArrayList<Held>(0);
    while (lacksRoom(recordsLeft, bytesLeft, size)) {
      Bytes key = networks == null ? null : networks.takeGivingWay(from, weight(size));
      Held victim = key == null ? null : records.get(key);
      if (victim == null) {
        victims.reversed().forEach(this::spare);
        return false;
      }
      victims.add(victim);
      if (!victim.equals(old)) {
        recordsLeft--;
        bytesLeft -= victim.size();
      }
    }
    victims.forEach(this::remove);
    return true;
  }

  private void spare(Held held) {
    if (networks != null) {
      networks.putBack(held.from, held.record.key(), weight(held.size()));
    }
  }

  /// What a record takes of the store: its bytes, and as many again as there are for each if there
  /// are as many records as there may be.
  private long weight(int size) {
    return size + limits.maxBytes() / Math.max(1, limits.maxRecords());
  }

  /// Puts a record at the end of the order, in place of the one there is under its key.
  private void hold(Held held) {
    Held old = records.remove(held.record.key());
    if (old != null) {
      uncount(old);
    }
    records.put(held.record.key(), held);
    show(held);
    bytes += held.size();
    shares.computeIfAbsent(held.from.id(), _ -> new Share()).add(1, held.size());
    if (networks == null) {
      networks = new NetworkShares();
    }
    networks.add(held.from, held.record.key(), weight(held.size()));
  }

  /// Forgets expired records from the oldest on, up to the first that is not: a full store must not
  /// be searched through on each further request.
  private void dropEldest(Instant now) {
    Iterator<Held> all = records.values().iterator();
    while (all.hasNext()) {
      Held held = all.next();
      if (!held.isExpired(now)) {
        return;
      }
      all.remove();
      release(held);
    }
  }

  private boolean exceedsShare(PeerId from, int size, @Nullable Held old) {
    Share share = shares.get(from);
    int count = share == null ? 0 : share.records;
    long used = share == null ? 0 : share.bytes;
    if (old != null && old.from.id().equals(from)) {
      count--;
      used -= old.size();
    }
    return count >= limits.maxRecordsPerPeer() || used + size > limits.maxBytesPerPeer();
  }

  private void release(Held held) {
    uncount(held);
    if (shelf != null) {
      shelf.remove(held.record.key());
    }
    if (journal != null) {
      journal.removed(held.record.key());
    }
  }

  private void uncount(Held held) {
    bytes -= held.size();
    Share share = shares.get(held.from.id());
    if (share != null) {
      share.add(-1, -held.size());
      if (share.records == 0) {
        shares.remove(held.from.id());
      }
    }
    if (networks != null) {
      networks.remove(held.from, held.record.key());
    }
  }

  @Override
  public Optional<HeldValue> held(Bytes key, Instant now) {
    return Optional.ofNullable(records.get(key)).filter(h -> !h.isExpired(now)).map(Held::view);
  }

  @Override
  public List<HeldValue> list(Bytes after, int limit, Instant now) {
    // The largest of the chosen is on top, to give way to a smaller one.
    var chosen =
        new PriorityQueue<Held>(Comparator.comparing((Held held) -> held.record.key()).reversed());
    for (Held held : records.values()) {
      if (held.record.key().compareTo(after) > 0 && !held.isExpired(now)) {
        chosen.add(held);
        if (chosen.size() > limit) {
          chosen.remove();
        }
      }
    }
    var page = new ArrayList<HeldValue>(chosen.size());
    while (!chosen.isEmpty()) {
      page.add(chosen.remove().view());
    }
    return page.reversed();
  }

  @Override
  public Optional<Shelf> shelf() {
    return Optional.ofNullable(shelf);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void sweep(Instant now) {
    Iterator<Held> all = records.values().iterator();
    while (all.hasNext()) {
      Held held = all.next();
      if (held.isExpired(now)) {
        all.remove();
        release(held);
      } else {
        boundTime(held, now);
      }
    }
  }

  private record Held(Record record, Sender from, Instant expires) {
    int size() {
      return record.key().size() + record.value().size();
    }

    HeldValue view() {
      return new HeldValue(record, from.id(), expires);
    }

    boolean isExpired(Instant now) {
      return !now.isBefore(expires);
    }
  }

  /// What one peer has stored here.
  private static final class Share {
    int records;
    long bytes;

    void add(int moreRecords, int moreBytes) {
      records += moreRecords;
      bytes += moreBytes;
    }
  }
}
