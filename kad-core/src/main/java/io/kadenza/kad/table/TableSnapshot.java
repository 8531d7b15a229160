package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The peers of the table that answer, as they were at one moment. Immutable; its buckets are
/// shared with the table and with other snapshots.
public final class TableSnapshot {
  private final KadKey self;

  /// By the length of the prefix shared with us.
  private final Contact[][] buckets;

  /// The first words of each bucket's keys, by which the closest are found without a look at the
  /// others; each null until somebody asks, as is the whole. Racing threads compute equal values.
  private volatile @Nullable AtomicReferenceArray<long @Nullable []> words;

  private final int size;

  TableSnapshot(KadKey self, Contact[][] buckets) {
    this.self = self;
    this.buckets = buckets;
    int count = 0;
    for (Contact[] bucket : buckets) {
      count += bucket.length;
    }
    size = count;
  }

  public int size() {
    return size;
  }

  /// How many buckets there are up to the last that is not empty.
  public int depth() {
    return buckets.length;
  }

  /// The contacts that share a prefix of exactly this length with us, the longest known first.
  public List<Contact> bucket(int prefixLength) {
    return prefixLength < buckets.length ? List.of(buckets[prefixLength]) : List.of();
  }

  public List<Contact> all() {
    var all = new ArrayList<Contact>(size);
    for (Contact[] bucket : buckets) {
      all.addAll(Arrays.asList(bucket));
    }
    return all;
  }

  /// The contact with this key, null if there is none.
  public @Nullable Contact get(KadKey key) {
    int prefix = self.commonPrefixLength(key);
    if (prefix >= buckets.length) {
      return null;
    }
    long[] words = words(prefix);
    for (int i = 0; i < words.length; i++) {
      if (words[i] == key.high() && buckets[prefix][i].isAt(key)) {
        return buckets[prefix][i];
      }
    }
    return null;
  }

  /// The `n` contacts closest to a key, the closest first.
  public List<Contact> closest(KadKey target, int n) {
    return nearest(target, n).contacts();
  }

  /// The same, without one peer: "it SHOULD NOT include the requester".
  public List<Contact> closest(KadKey target, int n, PeerId without) {
    Nearest found = nearest(target, n);
    // One more is sought only where it is needed: it leads into another bucket.
    return found.contains(without)
        ? nearest(target, n + 1).contactsWithout(without)
        : found.contacts();
  }

  private Nearest nearest(KadKey target, int n) {
    var nearest = new Nearest(target, Math.min(n, size));
    // Every contact of one bucket is closer than every contact of the next in this order. Where we
    // differ from the target, a bucket's contacts agree with it: the earlier the bit, the closer.
    // Where we agree with it, they differ: the later the bit, the closer.
    for (int i = 0; i < buckets.length && !nearest.isFull(); i++) {
      if (self.bit(i) != target.bit(i)) {
        nearest.take(buckets[i], words(i));
      }
    }
    for (int i = buckets.length - 1; i >= 0 && !nearest.isFull(); i--) {
      if (self.bit(i) == target.bit(i)) {
        nearest.take(buckets[i], words(i));
      }
    }
    return nearest;
  }

  private long[] words(int bucket) {
    AtomicReferenceArray<long @Nullable []> all = words;
    if (all == null) {
      all = new AtomicReferenceArray<>(buckets.length);
      words = all;
    }
    long[] known = all.getAcquire(bucket);
    if (known == null) {
      known = Nearest.words(buckets[bucket]);
      all.setRelease(bucket, known);
    }
    return known;
  }

  /// Takes over what an earlier snapshot has found out about the buckets that it shares.
  void learnFrom(TableSnapshot earlier) {
    AtomicReferenceArray<long @Nullable []> known = earlier.words;
    if (known == null) {
      return;
    }
    var learnt = new AtomicReferenceArray<long @Nullable []>(buckets.length);
    for (int i = 0; i < Math.min(buckets.length, earlier.buckets.length); i++) {
      if (Arrays.equals(buckets[i], earlier.buckets[i])) {
        learnt.setRelease(i, known.getAcquire(i));
      }
    }
    words = learnt;
  }
}
