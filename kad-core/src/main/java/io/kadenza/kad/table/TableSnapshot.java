package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return closest(target, n, null);
  }

  /// The same, without one peer: "it SHOULD NOT include the requester".
  public List<Contact> closest(KadKey target, int n, @Nullable PeerId without) {
    Contact[] found = new Contact[Math.min(n, size)];
    int count = 0;
    // Every contact of one bucket is closer than every contact of the next in this order. Where we
    // differ from
    // the target, a bucket's contacts agree with it: the earlier the bit, the closer. Where we
    // agree with it,
    // they differ: the later the bit, the closer.
    for (int i = 0; i < buckets.length && count < found.length; i++) {
      if (self.bit(i) != target.bit(i)) {
        count = take(buckets[i], target, without, found, count);
      }
    }
    for (int i = buckets.length - 1; i >= 0 && count < found.length; i--) {
      if (self.bit(i) == target.bit(i)) {
        count = take(buckets[i], target, without, found, count);
      }
    }
    return List.of(count == found.length ? found : Arrays.copyOf(found, count));
  }

  /// Adds the closest of a bucket to `found` from `from` on, in order, as far as there is room.
  private static int take(
      Contact[] bucket, KadKey target, @Nullable PeerId without, Contact[] found, int from) {
    int count = from;
    for (Contact contact : bucket) {
      if (without != null && contact.isPeer(without)) {
        continue;
      }
      int at = count;
      while (at > from && contact.isCloserTo(target, found[at - 1])) {
        at--;
      }
      if (at == found.length) {
        continue;
      }
      if (count < found.length) {
        count++;
      }
      System.arraycopy(found, at, found, at + 1, count - 1 - at);
      found[at] = contact;
    }
    return count;
  }
}
