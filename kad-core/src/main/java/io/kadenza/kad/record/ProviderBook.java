package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import org.jspecify.annotations.Nullable;

/// The records of a [MemoryProviderStore] and their counts, without any rule about them. A key has
/// a slot; a record is the number of its peer and the second in which it expires, in 64 bits, which
/// stand in the slot itself as long as they are the only ones, and in a list of their own
/// otherwise. A record thus takes some 40 bytes, whatever its key. Confined to its store's thread.
final class ProviderBook {
  /// A peer's addresses are told to the journal again when this share of their time has passed, ten
  /// minutes of a day: a restart may shorten it by as much.
  private static final int ADDRESS_NEWS = 144;

  private final KeyHash hash;
  private final @Nullable ProviderJournal journal;
  private final KeySlots slots = new KeySlots();
  private final Crowds crowds = new Crowds();
  private final Announcers announcers;
  private int size;

  ProviderBook(ProviderLimits limits, long seed0, long seed1, @Nullable ProviderJournal journal) {
    this.announcers = new Announcers(limits.maxAddressBytes());
    this.hash = new KeyHash(seed0, seed1);
    this.journal = journal;
  }

  int size() {
    return size;
  }

  /// The slot of a key, or [KeySlots#NONE]; a key that is too large has none. It is valid until a
  /// record is removed.
  int find(Bytes key) {
    if (key.size() > ProviderLimits.MAX_KEY_BYTES) {
      return KeySlots.NONE;
    }
    hash.of(key);
    return slots.find(hash.high(), hash.low());
  }

  int eldest() {
    return slots.eldest();
  }

  /// All slots have numbers below this.
  int end() {
    return slots.end();
  }

  boolean isUsed(int slot) {
    return slots.isUsed(slot);
  }

  Announcers announcers() {
    return announcers;
  }

  /// How many providers a key has, at least one.
  int count(int slot) {
    long content = slots.content(slot);
    return content >= 0 ? 1 : crowds.count(crowd(content));
  }

  private static int crowd(long content) {
    return (int) ~content;
  }

  private long record(int slot, int index) {
    long content = slots.content(slot);
    return content >= 0 ? content : crowds.get(crowd(content), index);
  }

  private void record(int slot, int index, long record) {
    long content = slots.content(slot);
    if (content >= 0) {
      slots.content(slot, record);
    } else {
      crowds.set(crowd(content), index, record);
    }
  }

  Announcer announcer(int slot, int index) {
    return announcers.get((int) (record(slot, index) >>> 32));
  }

  int expires(int slot, int index) {
    return (int) record(slot, index);
  }

  void expires(int slot, int index, int second) {
    record(slot, index, packed((int) (record(slot, index) >>> 32), second));
  }

  private static long packed(int peer, int expires) {
    return ((long) peer << 32) | (expires & 0xffff_ffffL);
  }

  void swap(int slot, int i, int j) {
    if (i == j) {
      return;
    }
    long first = record(slot, i);
    record(slot, i, record(slot, j));
    record(slot, j, first);
  }

  /// Where among a key's records that of a peer is; -1 if nowhere.
  int find(int slot, Announcer peer) {
    int count = count(slot);
    for (int i = 0; i < count; i++) {
      if ((int) (record(slot, i) >>> 32) == peer.number) {
        return i;
      }
    }
    return -1;
  }

  /// Adds a record to those of a key.
  ///
  /// @param slot the key's, or [KeySlots#NONE] if it has none
  void add(int slot, Bytes key, Announcer peer, int expires) {
    long added = packed(peer.number, expires);
    int at = slot;
    if (at == KeySlots.NONE) {
      hash.of(key);
      at = slots.add(hash.high(), hash.low(), added);
    } else {
      join(at, added);
      slots.touch(at);
    }
    size++;
    peer.count(1);
    tell(at, peer, key, expires);
  }

  private void join(int slot, long added) {
    long content = slots.content(slot);
    if (content >= 0) {
      slots.content(slot, ~(long) crowds.add(content, added));
    } else {
      crowds.append(crowd(content), added);
    }
  }

  /// Takes in a record of an earlier life, as the youngest; false if it is there already.
  boolean restore(long high, long low, Announcer peer, int expires) {
    int slot = slots.find(high, low);
    if (slot == KeySlots.NONE) {
      slots.add(high, low, packed(peer.number, expires));
    } else if (find(slot, peer) >= 0) {
      return false;
    } else {
      join(slot, packed(peer.number, expires));
      slots.touch(slot);
    }
    size++;
    peer.count(1);
    return true;
  }

  void renew(int slot, int index, Bytes key, int expires) {
    expires(slot, index, expires);
    slots.touch(slot);
    tell(slot, announcer(slot, index), key, expires);
  }

  private void tell(int slot, Announcer peer, Bytes key, int expires) {
    if (journal != null) {
      long until = Integer.toUnsignedLong(expires);
      journal.stored(slots.high(slot), slots.low(slot), peer.number, key, until);
    }
  }

  /// The peer as one that announces something now.
  Announcer announcer(PeerInfo info, long ipGroup, int now, int addressTtl) {
    int addressesExpire = Seconds.after(now, addressTtl);
    Announcer known = announcers.find(info.id());
    boolean news;
    if (known == null) {
      known = announcers.add(info, ipGroup, addressesExpire);
      news = true;
    } else {
      int aWhile = addressTtl / ADDRESS_NEWS;
      news = announcers.announced(known, info, ipGroup, addressesExpire, aWhile);
    }
    if (journal != null && news) {
      long until = Integer.toUnsignedLong(addressesExpire);
      journal.peer(known.number, known.info(), ipGroup, until);
    }
    return known;
  }

  /// Forgets one record; the key's last one takes its place. Tells whether the key is gone with it.
  boolean remove(int slot, int index) {
    Announcer peer = announcer(slot, index);
    if (journal != null) {
      journal.removed(slots.high(slot), slots.low(slot), peer.number);
    }
    size--;
    peer.count(-1);
    if (peer.records() == 0) {
      announcers.remove(peer);
      if (journal != null) {
        journal.peerGone(peer.number);
      }
    }
    long content = slots.content(slot);
    if (content >= 0) {
      slots.remove(slot);
      return true;
    }
    int crowd = crowd(content);
    crowds.remove(crowd, index);
    if (crowds.count(crowd) == 1) {
      slots.content(slot, crowds.get(crowd, 0));
      crowds.remove(crowd);
    }
    return false;
  }
}
