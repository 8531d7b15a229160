package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The servers we know to answer, in buckets by the length of the prefix that their key shares with
/// ours, at most k in each. Confined to the engine.
///
/// A peer that answers is never displaced: "nodes MUST NOT be removed from the Routing Table as
/// long as they remain online". Who finds its bucket full waits among the spares. Who fails once is
/// in doubt: it stays, but is not named to others; who fails too often in a row is removed.
public final class RoutingTable {
  /// What became of a contact offered to the table.
  public enum Admission {
    ADDED,
    /// It was there already; its addresses and its last answer were brought up to date.
    RENEWED,
    /// Its bucket is full of peers that answer. It is kept as a spare.
    FULL,
    /// It is ourselves, or the limits on its addresses refuse it.
    REFUSED
  }

  /// What became of the addresses of a peer.
  public enum Renewal {
    /// It is not in the table.
    ABSENT,
    UNCHANGED,
    /// It has new ones.
    MOVED
  }

  /// How many spares a bucket keeps. A few are enough: they are verified again before they move up.
  private static final int MAX_SPARES = 5;

  private final KadKey self;
  private final int k;
  private final IpDiversity diversity;
  private @Nullable Bucket[] buckets = new Bucket[8];
  private int size;
  private @Nullable TableSnapshot snapshot;

  /// Whether the snapshot is of a table that there is no more.
  private boolean changed;

  public RoutingTable(KadKey self, int k) {
    this(self, k, IpLimits.NONE);
  }

  public RoutingTable(KadKey self, int k, IpLimits limits) {
    this.self = self;
    this.k = k;
    this.diversity = new IpDiversity(limits);
  }

  public int size() {
    return size;
  }

  /// The bucket in which a key belongs.
  public int bucketOf(KadKey key) {
    return self.commonPrefixLength(key);
  }

  public int bucketSize(int bucket) {
    Bucket known = existing(bucket);
    return known == null ? 0 : known.size();
  }

  public boolean contains(KadKey key) {
    return get(key) != null;
  }

  public boolean contains(Contact contact) {
    Bucket bucket = existing(contact.commonPrefixLength(self));
    return bucket != null && bucket.contains(contact);
  }

  public @Nullable Contact get(KadKey key) {
    Bucket bucket = existing(bucketOf(key));
    int index = bucket == null ? -1 : bucket.find(key);
    return bucket == null || index < 0 ? null : bucket.get(index);
  }

  /// Whether this peer would be added once it is verified.
  public boolean hasRoomFor(Contact contact) {
    int prefix = contact.commonPrefixLength(self);
    return prefix < KadKey.BITS && bucketSize(prefix) < k && !contains(contact);
  }

  /// Takes in a server that has just answered a request correctly.
  ///
  /// @param now in seconds, from any origin
  public Admission add(Contact contact, int now) {
    int prefix = contact.commonPrefixLength(self);
    if (prefix == KadKey.BITS) {
      return Admission.REFUSED;
    }
    Bucket bucket = bucket(prefix);
    int index = bucket.find(contact);
    if (index >= 0) {
      renew(prefix, bucket, index, contact);
      if (bucket.answered(index, now)) {
        changed = true;
      }
      return Admission.RENEWED;
    }
    if (bucket.size() >= k) {
      bucket.addSpare(contact, MAX_SPARES);
      return Admission.FULL;
    }
    if (!diversity.admits(contact, prefix, buckets)) {
      return Admission.REFUSED;
    }
    bucket.append(contact, now);
    size++;
    changed = true;
    return Admission.ADDED;
  }

  /// Takes in servers that are believed to answer, as [#add] would one after another. Those of one
  /// bucket are best handed over next to each other.
  ///
  /// @param now in seconds, from any origin
  public void fill(List<Contact> contacts, int now) {
    IpTally tally = tally();
    Contact[] row = new Contact[k];
    int count = 0;
    int prefix = 0;
    for (Contact contact : contacts) {
      int next = contact.commonPrefixLength(self);
      if (next != prefix || count == k || !tally.isFree(contact)) {
        append(prefix, row, count, now);
        prefix = next;
        count = 0;
      }
      if (prefix == KadKey.BITS || isIn(row, count, contact) || bucket(prefix).contains(contact)) {
        continue;
      }
      if (bucketSize(prefix) + count >= k) {
        bucket(prefix).addSpare(contact, MAX_SPARES);
      } else if (tally.isFree(contact) || diversity.admits(contact, prefix, buckets)) {
        tally.count(contact);
        row[count++] = contact;
      }
    }
    append(prefix, row, count, now);
    // Most rows of a million simulated nodes are never looked at again.
    for (Bucket bucket : buckets) {
      if (bucket != null) {
        bucket.contacts().forgetNotes();
      }
    }
  }

  private IpTally tally() {
    var tally = new IpTally(diversity);
    for (Bucket bucket : buckets) {
      for (int i = 0; bucket != null && i < bucket.size(); i++) {
        tally.count(bucket.get(i));
      }
    }
    return tally;
  }

  private void append(int prefix, Contact[] row, int count, int now) {
    if (count > 0) {
      bucket(prefix).fill(row, count, now);
      size += count;
      changed = true;
    }
  }

  private static boolean isIn(Contact[] row, int count, Contact contact) {
    for (int i = 0; i < count; i++) {
      if (row[i].equals(contact)) {
        return true;
      }
    }
    return false;
  }

  /// Notes that we are connected with a peer, which shows that it is there, and brings its
  /// addresses up to date if it is in the table.
  ///
  /// @param now in seconds, as in [#add]
  public Renewal met(Contact contact, int now) {
    int prefix = contact.commonPrefixLength(self);
    Bucket bucket = existing(prefix);
    int index = bucket == null ? -1 : bucket.find(contact);
    if (bucket == null || index < 0) {
      return Renewal.ABSENT;
    }
    bucket.seen(index, now);
    return renew(prefix, bucket, index, contact) ? Renewal.MOVED : Renewal.UNCHANGED;
  }

  private boolean renew(int prefix, Bucket bucket, int index, Contact contact) {
    Contact old = bucket.get(index);
    if (!old.hasAddressesOf(contact)
        && contact.hasAddresses()
        && diversity.admitsMove(old, contact, prefix, buckets)) {
      bucket.replace(index, contact);
      changed = true;
      return true;
    }
    return false;
  }

  /// Remembers a server that has not been verified, for when its bucket has room.
  public void addSpare(Contact contact) {
    int prefix = contact.commonPrefixLength(self);
    if (prefix < KadKey.BITS && !contains(contact)) {
      bucket(prefix).addSpare(contact, MAX_SPARES);
    }
  }

  /// The best candidate for a free place in the bucket, if there is one; it is no spare any more.
  public @Nullable Contact takeSpare(int bucket) {
    Bucket known = existing(bucket);
    return known == null ? null : known.takeSpare();
  }

  /// Notes that a peer answered; without effect if it is not in the table.
  public void answered(KadKey key, int now) {
    Bucket bucket = existing(bucketOf(key));
    int index = bucket == null ? -1 : bucket.find(key);
    if (bucket != null && index >= 0 && bucket.answered(index, now)) {
      changed = true;
    }
  }

  /// Notes that a peer failed to answer. Returns how often in a row it has, 0 if it is not in the
  /// table.
  public int failed(KadKey key) {
    Bucket bucket = existing(bucketOf(key));
    int index = bucket == null ? -1 : bucket.find(key);
    if (bucket == null || index < 0) {
      return 0;
    }
    changed = true;
    return bucket.failed(index);
  }

  /// Forgets a peer, as a spare too; tells whether it was in the table.
  public boolean remove(KadKey key) {
    int prefix = bucketOf(key);
    Bucket bucket = existing(prefix);
    if (bucket == null) {
      return false;
    }
    bucket.forgetSpare(key);
    int index = bucket.find(key);
    if (index < 0) {
      return false;
    }
    bucket.remove(index);
    size--;
    changed = true;
    return true;
  }

  /// Whom to ask first on a walk: the closest that answer and, if these are fewer than `n`, those
  /// in doubt too.
  public List<Contact> seeds(KadKey target, int n) {
    List<Contact> healthy = snapshot().closest(target, n);
    if (healthy.size() == n || healthy.size() == size) {
      return healthy;
    }
    return new TableSnapshot(self, rows(Bucket::contacts)).closest(target, n);
  }

  /// The peers in doubt, and those whose last sign of life came before `since`, unless they are
  /// known to be there by other means.
  public List<Contact> doubtful(int since, Predicate<Contact> isThere) {
    var found = new ArrayList<Contact>();
    for (Bucket bucket : buckets) {
      for (int i = 0; bucket != null && i < bucket.size(); i++) {
        boolean silent = bucket.seenAt(i) - since < 0 && !isThere.test(bucket.get(i));
        if (silent || bucket.isDoubted(i)) {
          found.add(bucket.get(i));
        }
      }
    }
    return found;
  }

  /// Everything there is, for people. Costs more than any question that the engine has.
  ///
  /// @param now in seconds, as in [#add]
  public List<TableView.Bucket> view(int now) {
    var views = new ArrayList<TableView.Bucket>();
    for (int prefix = 0; prefix < buckets.length; prefix++) {
      Bucket bucket = buckets[prefix];
      if (bucket == null || (bucket.size() == 0 && bucket.spares().length == 0)) {
        continue;
      }
      var peers = new ArrayList<TableView.Peer>();
      for (int i = 0; i < bucket.size(); i++) {
        var seen = Duration.ofSeconds(Math.max(0, now - bucket.seenAt(i)));
        peers.add(new TableView.Peer(bucket.get(i).info(), seen, bucket.failures(i)));
      }
      var waiting = Arrays.stream(bucket.spares()).map(Contact::info).toList();
      views.add(new TableView.Bucket(prefix, peers, waiting));
    }
    return views;
  }

  /// How many buckets there are up to the last that is not empty.
  public int depth() {
    int depth = buckets.length;
    while (depth > 0 && bucketSize(depth - 1) == 0) {
      depth--;
    }
    return depth;
  }

  /// The table as it is now. Costs nothing if nothing changed since the last time.
  public TableSnapshot snapshot() {
    TableSnapshot known = snapshot;
    if (known == null || changed) {
      known = new TableSnapshot(self, rows(Bucket::healthy));
      snapshot = known;
      changed = false;
    }
    return known;
  }

  private Row[] rows(Function<Bucket, Row> kind) {
    Row[] rows = new Row[depth()];
    for (int i = 0; i < rows.length; i++) {
      Bucket bucket = buckets[i];
      rows[i] = bucket == null ? Row.EMPTY : kind.apply(bucket);
    }
    return rows;
  }

  private @Nullable Bucket existing(int prefix) {
    return prefix < buckets.length ? buckets[prefix] : null;
  }

  private Bucket bucket(int prefix) {
    if (prefix >= buckets.length) {
      buckets =
          Arrays.copyOf(buckets, Math.min(KadKey.BITS, Math.max(prefix + 1, buckets.length + 8)));
    }
    Bucket bucket = buckets[prefix];
    if (bucket == null) {
      bucket = new Bucket();
      buckets[prefix] = bucket;
    }
    return bucket;
  }
}
