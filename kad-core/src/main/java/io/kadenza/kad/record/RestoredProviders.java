package io.kadenza.kad.record;

import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Builds a provider store from what a [ProviderJournal] was told: first all the peers, then all
/// the records, in any order. What contradicts itself, or the limits, or the clock, is left out,
/// and the journal is told that it is gone. One thread at a time.
public final class RestoredProviders {
  /// Numbers below this are no reason for doubt, however low the limits are now.
  private static final int FEW = 1 << 20;

  private final ProviderLimits limits;
  private final ProviderJournal journal;
  private final ProviderBook book;
  private final int now;

  /// Expiry and place in the other two arrays, to be sorted: those announced first come first.
  private long[] order = new long[16];

  private long[] hashes = new long[32];
  private int[] peers = new int[16];
  private int count;

  /// @param seed0 of the hash by which the journal names keys; with `seed1` the same for all lives
  ///   of a store, and known to nobody else
  /// @param now nothing lives longer than its time to live from now on
  public RestoredProviders(
      ProviderLimits limits, long seed0, long seed1, ProviderJournal journal, Instant now) {
    this.limits = limits;
    this.journal = journal;
    this.book = new ProviderBook(limits, seed0, seed1, journal);
    this.now = Seconds.of(now);
  }

  /// A peer and the number that its records name it by.
  ///
  /// @param ipGroup as the journal was told it
  public void peer(int number, PeerInfo peer, long ipGroup, long addressesExpire) {
    boolean isPlausible = number >= 0 && number < Math.max(FEW, limits.maxRecords());
    Announcers known = book.announcers();
    if (isPlausible && known.find(number) == null && known.find(peer.id()) == null) {
      int until = Seconds.of(Instant.ofEpochSecond(addressesExpire));
      int bounded = Seconds.bounded(until, now, Seconds.span(limits.addressTtl()));
      known.put(number, peer, ipGroup, bounded);
    } else {
      journal.peerGone(number);
    }
  }

  /// A record, of a peer that was named before.
  public void record(long high, long low, int peer, long expires) {
    int until = Seconds.of(Instant.ofEpochSecond(expires));
    if (Seconds.isOver(until, now) || peer < 0 || book.announcers().find(peer) == null) {
      journal.removed(high, low, peer);
      return;
    }
    if (count == order.length) {
      order = Arrays.copyOf(order, 2 * count);
      hashes = Arrays.copyOf(hashes, 4 * count);
      peers = Arrays.copyOf(peers, 2 * count);
    }
    order[count] = (long) (until ^ Integer.MIN_VALUE) << 32 | count;
    hashes[2 * count] = high;
    hashes[2 * count + 1] = low;
    peers[count] = peer;
    count++;
  }

  /// The store, which tells the journal of what happens from now on.
  public MemoryProviderStore finish(RandomGenerator random) {
    Arrays.sort(order, 0, count);
    int ttl = Seconds.span(limits.ttl());
    int surplus = Math.max(0, count - limits.maxRecords());
    for (int i = 0; i < count; i++) {
      int at = (int) order[i];
      int until = Seconds.bounded((int) (order[i] >> 32) ^ Integer.MIN_VALUE, now, ttl);
      long high = hashes[2 * at];
      long low = hashes[2 * at + 1];
      Announcer peer = book.announcers().get(peers[at]);
      if (i < surplus
          || peer.records() >= limits.maxRecordsPerPeer()
          || !book.restore(high, low, peer, until)) {
        journal.removed(high, low, peers[at]);
      }
    }
    dropIdle();
    return new MemoryProviderStore(limits, random, book);
  }

  private void dropIdle() {
    List<Announcer> idle =
        Arrays.stream(book.announcers().all()).filter(each -> each.records() == 0).toList();
    book.announcers().restored();
    for (Announcer each : idle) {
      book.announcers().remove(each);
      journal.peerGone(each.number);
    }
  }
}
