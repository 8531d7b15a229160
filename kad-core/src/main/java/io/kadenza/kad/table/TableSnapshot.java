package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The peers of the table that answer, as they were at one moment. Immutable; its buckets are
/// shared with the table and with other snapshots.
public final class TableSnapshot {
  private final KadKey self;

  /// By the length of the prefix shared with us.
  private final Contact[][] buckets;

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

  /// The `n` contacts closest to a key, the closest first.
  public List<Contact> closest(KadKey target, int n) {
    return nearest(target, n).contacts();
  }

  /// The same, without one peer: "it SHOULD NOT include the requester".
  public List<Contact> closest(KadKey target, int n, PeerId without) {
    return nearest(target, n + 1).contactsWithout(without, n);
  }

  private Nearest nearest(KadKey target, int n) {
    var nearest = new Nearest(target, Math.min(n, size));
    // Every contact of one bucket is closer than every contact of the next in this order. Where we
    // differ from the target, a bucket's contacts agree with it: the earlier the bit, the closer.
    // Where we agree with it, they differ: the later the bit, the closer.
    for (int i = 0; i < buckets.length && !nearest.isFull(); i++) {
      if (self.bit(i) != target.bit(i)) {
        nearest.take(buckets[i]);
      }
    }
    for (int i = buckets.length - 1; i >= 0 && !nearest.isFull(); i--) {
      if (self.bit(i) == target.bit(i)) {
        nearest.take(buckets[i]);
      }
    }
    return nearest;
  }
}
