package io.kadenza.sim.net;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Who lives where in the keyspace: the ground truth that walks are measured against. It covers the
/// nodes that there were when it was taken.
public final class Census {
  private static final Comparator<SimNode> BY_KEY =
      Comparator.comparing(SimNode::key, Census::compare);

  private final SimNode[] byKey;
  private final Contact[] contacts;

  /// The first 64 bits of each key, in the order of unsigned numbers.
  private final long[] highs;

  public Census(List<SimNode> nodes) {
    byKey = nodes.toArray(SimNode[]::new);
    Arrays.sort(byKey, BY_KEY);
    contacts = new Contact[byKey.length];
    highs = new long[byKey.length];
    for (int i = 0; i < highs.length; i++) {
      contacts[i] = byKey[i].contact();
      highs[i] = contacts[i].high();
    }
  }

  /// As numbers, which is by the first bit in which they differ.
  private static int compare(KadKey a, KadKey b) {
    int shared = a.commonPrefixLength(b);
    return shared == KadKey.BITS ? 0 : Boolean.compare(a.bit(shared), b.bit(shared));
  }

  /// The closest nodes to a key that fulfil a condition, the closest first.
  public List<SimNode> closest(KadKey target, int count, Predicate<SimNode> condition) {
    // All nodes that share a prefix with the target are closer than all others: shorten the prefix
    // until enough share it.
    int prefix = Math.min(Long.SIZE, depthOf(target));
    while (true) {
      List<SimNode> found = sharing(target, prefix, condition);
      if (found.size() >= count || prefix == 0) {
        found.sort((a, b) -> target.compareDistance(a.key(), b.key()));
        return found.size() > count ? List.copyOf(found.subList(0, count)) : List.copyOf(found);
      }
      prefix--;
    }
  }

  /// The share of the k closest honest servers that are up, itself not counted, that a node has in
  /// its table.
  public double known(SimNode node) {
    List<SimNode> closest =
        closest(
            node.key(),
            node.config().k(),
            one -> one != node && one.isUp() && one.isServer() && one.isHonest());
    Set<PeerId> table = new HashSet<>();
    node.table().all().forEach(contact -> table.add(contact.id()));
    int known = 0;
    for (SimNode one : closest) {
      known += table.contains(one.id()) ? 1 : 0;
    }
    return closest.isEmpty() ? 1 : known / (double) closest.size();
  }

  /// A prefix that some twenty nodes may share, to begin with.
  private int depthOf(KadKey target) {
    int at = first(target.high());
    int low = Math.max(0, at - 10);
    int high = Math.min(highs.length - 1, at + 10);
    return low >= high ? 0 : Long.numberOfLeadingZeros(highs[low] ^ highs[high]);
  }

  private List<SimNode> sharing(KadKey target, int prefix, Predicate<SimNode> condition) {
    int from = prefix == 0 ? 0 : first(floor(target.high(), prefix));
    var found = new ArrayList<SimNode>();
    for (int i = from; i < byKey.length && shares(highs[i], target.high(), prefix); i++) {
      if (condition.test(byKey[i])) {
        found.add(byKey[i]);
      }
    }
    return found;
  }

  /// At most `count` random nodes of the bucket that belongs to a prefix length around a key,
  /// written to the front of `into`; returns how many.
  int sampleBucket(KadKey self, int prefix, int count, Contact[] into, RandomGenerator random) {
    long wanted = floor(self.high() ^ Long.MIN_VALUE >>> prefix, prefix + 1);
    int from = first(wanted);
    int end = end(wanted, prefix + 1);
    int size = end - from;
    if (size <= count) {
      System.arraycopy(contacts, from, into, 0, size);
      return size;
    }
    // Floyd's way to draw without putting back; the few drawn are searched one by one.
    int[] places = new int[count];
    for (int drawn = 0; drawn < count; drawn++) {
      int last = size - count + drawn;
      int place = random.nextInt(last + 1);
      places[drawn] = contains(places, drawn, place) ? last : place;
      into[drawn] = contacts[from + places[drawn]];
    }
    return count;
  }

  private static boolean contains(int[] numbers, int count, int wanted) {
    for (int i = 0; i < count; i++) {
      if (numbers[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /// How many buckets around a key somebody lives in, up to the last.
  int depth(KadKey self) {
    int at = first(self.high());
    int depth = 0;
    for (int i = Math.max(0, at - 1); i <= Math.min(highs.length - 1, at + 1); i++) {
      if (highs[i] != self.high()) {
        depth = Math.max(depth, Long.numberOfLeadingZeros(highs[i] ^ self.high()) + 1);
      }
    }
    return depth;
  }

  private static long floor(long high, int prefix) {
    return prefix == 0 ? 0 : high & Long.MIN_VALUE >> (prefix - 1);
  }

  private static boolean shares(long a, long b, int prefix) {
    return prefix == 0 || (a ^ b) >>> (Long.SIZE - prefix) == 0;
  }

  /// The first place whose key is not smaller.
  private int first(long high) {
    int low = 0;
    int top = highs.length;
    while (low < top) {
      int middle = (low + top) >>> 1;
      if (Long.compareUnsigned(highs[middle], high) < 0) {
        low = middle + 1;
      } else {
        top = middle;
      }
    }
    return low;
  }

  /// The place after the last key with the prefix that `floor` begins with.
  private int end(long floor, int prefix) {
    long last = floor | (prefix == Long.SIZE ? 0 : -1L >>> prefix);
    int low = first(floor);
    int top = highs.length;
    while (low < top) {
      int middle = (low + top) >>> 1;
      if (Long.compareUnsigned(highs[middle], last) <= 0) {
        low = middle + 1;
      } else {
        top = middle;
      }
    }
    return low;
  }
}
