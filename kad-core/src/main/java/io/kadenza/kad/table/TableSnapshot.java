package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The peers of the table that answer, as they were at one moment. Immutable; its rows are shared
/// with the table and with other snapshots.
public final class TableSnapshot {
  private final KadKey self;

  /// By the length of the prefix shared with us.
  private final Row[] rows;

  private final int size;

  TableSnapshot(KadKey self, Row[] rows) {
    this.self = self;
    this.rows = rows;
    int count = 0;
    for (Row row : rows) {
      count += row.size();
    }
    size = count;
  }

  public int size() {
    return size;
  }

  /// How many buckets there are up to the last that is not empty.
  public int depth() {
    return rows.length;
  }

  /// The contacts that share a prefix of exactly this length with us, the longest known first.
  public List<Contact> bucket(int prefixLength) {
    return prefixLength < rows.length ? rows[prefixLength].all() : List.of();
  }

  public List<Contact> all() {
    var all = new ArrayList<Contact>(size);
    for (Row row : rows) {
      all.addAll(row.all());
    }
    return all;
  }

  /// The contact with this key, null if there is none.
  public @Nullable Contact get(KadKey key) {
    int prefix = self.commonPrefixLength(key);
    int index = prefix < rows.length ? rows[prefix].find(key) : -1;
    return index < 0 ? null : rows[prefix].get(index);
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
    for (int i = 0; i < rows.length && !nearest.isFull(); i++) {
      if (self.bit(i) != target.bit(i)) {
        nearest.take(rows[i]);
      }
    }
    for (int i = rows.length - 1; i >= 0 && !nearest.isFull(); i--) {
      if (self.bit(i) == target.bit(i)) {
        nearest.take(rows[i]);
      }
    }
    return nearest;
  }
}
