package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.IpGroups;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.table.RoutingTable.Admission;
import io.kadenza.kad.table.RoutingTable.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of a [RoutingTable] in lists, every question answered by a look at everybody.
final class TableModel {
  private static final int MAX_SPARES = 5;

  private static final class Entry {
    Contact contact;
    int seenAt;
    int failures;

    Entry(Contact contact, int seenAt) {
      this.contact = contact;
      this.seenAt = seenAt;
    }
  }

  private final KadKey self;
  private final int k;
  private final IpLimits limits;
  private final List<List<Entry>> buckets = new ArrayList<>();
  private final List<List<Contact>> spares = new ArrayList<>();

  TableModel(KadKey self, int k, IpLimits limits) {
    this.self = self;
    this.k = k;
    this.limits = limits;
    for (int i = 0; i <= KadKey.BITS; i++) {
      buckets.add(new ArrayList<>());
      spares.add(new ArrayList<>());
    }
  }

  int bucketOf(Contact contact) {
    return self.commonPrefixLength(contact.key());
  }

  int size() {
    return buckets.stream().mapToInt(List::size).sum();
  }

  private @Nullable Entry find(Contact contact) {
    return buckets.get(bucketOf(contact)).stream()
        .filter(entry -> entry.contact.key().equals(contact.key()))
        .findFirst()
        .orElse(null);
  }

  boolean contains(Contact contact) {
    return find(contact) != null;
  }

  boolean hasRoomFor(Contact contact) {
    int bucket = bucketOf(contact);
    return bucket < KadKey.BITS && buckets.get(bucket).size() < k && !contains(contact);
  }

  private static long count(long group, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> IpGroups.contains(entry.contact.ipGroups(), group))
        .count();
  }

  private boolean admits(Contact contact, @Nullable Contact inPlaceOf) {
    for (long group : contact.ipGroups()) {
      boolean counted = inPlaceOf != null && IpGroups.contains(inPlaceOf.ipGroups(), group);
      long inTable = buckets.stream().mapToLong(bucket -> count(group, bucket)).sum();
      long inBucket = count(group, buckets.get(bucketOf(contact)));
      if (!counted && (inTable >= limits.perTable() || inBucket >= limits.perBucket())) {
        return false;
      }
    }
    return true;
  }

  private boolean renew(Entry entry, Contact contact) {
    boolean moved =
        !entry.contact.info().addresses().equals(contact.info().addresses())
            && !contact.info().addresses().isEmpty()
            && admits(contact, entry.contact);
    entry.contact = moved ? contact : entry.contact;
    return moved;
  }

  Admission add(Contact contact, int now) {
    int bucket = bucketOf(contact);
    if (bucket == KadKey.BITS) {
      return Admission.REFUSED;
    }
    Entry known = find(contact);
    if (known != null) {
      renew(known, contact);
      answered(contact, now);
      return Admission.RENEWED;
    }
    if (buckets.get(bucket).size() >= k) {
      addSpare(contact);
      return Admission.FULL;
    }
    if (!admits(contact, null)) {
      return Admission.REFUSED;
    }
    buckets.get(bucket).add(new Entry(contact, now));
    spares.get(bucket).remove(contact);
    return Admission.ADDED;
  }

  Renewal met(Contact contact, int now) {
    Entry known = find(contact);
    if (known == null) {
      return Renewal.ABSENT;
    }
    known.seenAt = now;
    return renew(known, contact) ? Renewal.MOVED : Renewal.UNCHANGED;
  }

  void addSpare(Contact contact) {
    int bucket = bucketOf(contact);
    if (bucket == KadKey.BITS || contains(contact)) {
      return;
    }
    List<Contact> waiting = spares.get(bucket);
    waiting.remove(contact);
    waiting.add(contact);
    if (waiting.size() > MAX_SPARES) {
      waiting.removeFirst();
    }
  }

  @Nullable Contact takeSpare(int bucket) {
    List<Contact> waiting = spares.get(bucket);
    return waiting.isEmpty() ? null : waiting.removeLast();
  }

  void answered(Contact contact, int now) {
    Entry known = find(contact);
    if (known != null) {
      known.seenAt = now;
      known.failures = 0;
    }
  }

  int failed(Contact contact) {
    Entry known = find(contact);
    if (known == null) {
      return 0;
    }
    known.failures = Math.min(Byte.MAX_VALUE, known.failures + 1);
    return known.failures;
  }

  boolean remove(Contact contact) {
    spares.get(bucketOf(contact)).remove(contact);
    return buckets.get(bucketOf(contact)).removeIf(entry -> entry.contact.equals(contact));
  }

  List<Contact> closest(KadKey target, int n, boolean healthy) {
    return buckets.stream()
        .flatMap(List::stream)
        .filter(entry -> !healthy || entry.failures == 0)
        .map(entry -> entry.contact)
        .sorted((a, b) -> target.compareDistance(a.key(), b.key()))
        .limit(n)
        .toList();
  }

  List<Contact> doubtful(int since, Contact there) {
    return buckets.stream()
        .flatMap(List::stream)
        .filter(entry ->
            entry.failures > 0 || (entry.seenAt - since < 0 && !entry.contact.equals(there)))
        .map(entry -> entry.contact)
        .toList();
  }

  List<TableView.Bucket> view(int now) {
    var views = new ArrayList<TableView.Bucket>();
    for (int i = 0; i < KadKey.BITS; i++) {
      List<TableView.Peer> peers =
          buckets.get(i).stream()
              .map(entry ->
                  new TableView.Peer(
                      entry.contact.info(), Duration.ofSeconds(now - entry.seenAt), entry.failures))
              .toList();
      if (!peers.isEmpty() || !spares.get(i).isEmpty()) {
        views.add(
            new TableView.Bucket(i, peers, spares.get(i).stream().map(Contact::info).toList()));
      }
    }
    return views;
  }
}
