package io.kadenza.kad.provide;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Which peer is to be told of which keys: each key goes to the k closest peers that are there and,
/// where records are kept by regions, to everybody within the radius. Whoever turns out not to be
/// there is replaced by the next closest.
///
/// Ask [#plan] for what is to be sent, say of each batch what became of it, and ask again until
/// nothing is left.
public final class Assignment {
  /// How many times k peers of a region are told at most, as many as a walk asks.
  private static final int MAX_REGION = 3;

  /// Peers are told apart by the last 8 bits of a sorted number.
  private static final int MAX_PEERS = 256;

  private static final long PEER = MAX_PEERS - 1;

  /// What one peer is to be told. Immutable.
  public static final class Batch {
    private final Contact peer;
    private final int[] numbers;

    private Batch(Contact peer, int[] numbers) {
      this.peer = peer;
      this.numbers = numbers;
    }

    public Contact peer() {
      return peer;
    }

    public int size() {
      return numbers.length;
    }

    /// The numbers of its keys, ascending.
    public IntStream keys() {
      return Arrays.stream(numbers);
    }

    /// The same in two; for a batch of at least two keys.
    public List<Batch> halves() {
      int half = numbers.length / 2;
      return List.of(
          new Batch(peer, Arrays.copyOfRange(numbers, 0, half)),
          new Batch(peer, Arrays.copyOfRange(numbers, half, numbers.length)));
    }
  }

  private final List<Provided> keys;
  private final long[] points;
  private final int k;
  private final double radius;
  private final List<Contact> peers = new ArrayList<>();

  /// Where each of them is, by the first 64 bits.
  private final long[] places = new long[MAX_PEERS];

  private final Map<Contact, Integer> numbers = new HashMap<>();

  /// For each peer the keys that were given to it, and those that it has taken.
  private final List<BitSet> given = new ArrayList<>();

  private final List<BitSet> taken = new ArrayList<>();
  private final BitSet gone = new BitSet();
  private final int[] copies;

  /// Peers have gone or come since the last plan.
  private boolean changed = true;

  /// @param radius within which everybody is told, as a share of the keyspace; 0 for the k closest
  ///   alone
  public Assignment(List<Provided> keys, int k, double radius) {
    this.keys = List.copyOf(keys);
    this.k = k;
    this.radius = radius;
    this.points = keys.stream().mapToLong(Provided::point).toArray();
    this.copies = new int[keys.size()];
  }

  /// Peers that may be told; those known already are passed over, as are those beyond the 256
  /// closest to `center`.
  public void add(List<Contact> more, KadKey center) {
    more.stream()
        .filter(peer -> !numbers.containsKey(peer))
        .sorted(Comparator.comparing(peer -> center.distance(peer.key())))
        .limit(MAX_PEERS - peers.size())
        .forEach(peer -> {
          numbers.put(peer, peers.size());
          places[peers.size()] = peer.key().high();
          peers.add(peer);
          given.add(new BitSet());
          taken.add(new BitSet());
        });
    changed = true;
  }

  /// Whether a further plan would be empty for certain.
  public boolean isSettled() {
    return !changed;
  }

  /// Who should be told of something and was not given it yet.
  public List<Batch> plan() {
    if (!changed) {
      return List.of();
    }
    changed = false;
    List<BitSet> due = new ArrayList<>();
    peers.forEach(_ -> due.add(new BitSet()));
    long[] chosen = new long[peers.size()];
    for (int key = 0; key < points.length; key++) {
      int wanted = choose(key, chosen);
      for (int i = 0; i < wanted; i++) {
        int peer = (int) (chosen[i] & PEER);
        if (!given.get(peer).get(key)) {
          given.get(peer).set(key);
          due.get(peer).set(key);
        }
      }
    }
    List<Batch> batches = new ArrayList<>();
    for (int peer = 0; peer < due.size(); peer++) {
      if (!due.get(peer).isEmpty()) {
        batches.add(new Batch(peers.get(peer), due.get(peer).stream().toArray()));
      }
    }
    return batches;
  }

  /// Puts the peers that should have a key first in `chosen`, in any order; returns how many they
  /// are. Distances are compared by 55 of their bits.
  private int choose(int key, long[] chosen) {
    long within = (long) (radius * 0x1p63);
    int count = collect(key, within, chosen);
    if (count >= k && count <= MAX_REGION * k) {
      // Mostly so, in a region: then nobody has to be put in order.
      return count;
    }
    count = collect(key, Long.MAX_VALUE, chosen);
    Arrays.sort(chosen, 0, count);
    int wanted = Math.min(k, count);
    while (wanted < count && wanted < MAX_REGION * k && chosen[wanted] < within) {
      wanted++;
    }
    return wanted;
  }

  /// Collects those that are not gone and closer to a key than `below`, each as its distance with
  /// its number in the last bits.
  private int collect(int key, long below, long[] into) {
    long point = points[key];
    int count = 0;
    for (int peer = 0; peer < into.length; peer++) {
      long distance = ((point ^ places[peer]) >>> 1 & ~PEER) | peer;
      if (distance < below && !gone.get(peer)) {
        into[count++] = distance;
      }
    }
    return count;
  }

  /// A peer has taken these keys.
  public void taken(Batch batch) {
    BitSet has = taken.get(number(batch.peer()));
    for (int key : batch.numbers) {
      if (!has.get(key)) {
        has.set(key);
        copies[key]++;
      }
    }
  }

  /// A peer is not there: others take its place, with all that it was given and has not taken.
  public void gone(Contact peer) {
    gone.set(number(peer));
    changed = true;
  }

  private int number(Contact peer) {
    Integer number = numbers.get(peer);
    if (number == null) {
      throw new IllegalArgumentException(peer + " was never given anything");
    }
    return number;
  }

  /// How many peers are left that lie in a span.
  public int left(Span span) {
    int left = 0;
    for (int peer = 0; peer < peers.size(); peer++) {
      left += !gone.get(peer) && span.contains(peers.get(peer).key()) ? 1 : 0;
    }
    return left;
  }

  /// Who turned out not to be there.
  public List<Contact> gone() {
    return gone.stream().mapToObj(peers::get).toList();
  }

  public List<Provided> keys() {
    return keys;
  }

  /// Some of the keys.
  public List<Bytes> keys(Batch batch) {
    return batch.keys().mapToObj(number -> keys.get(number).key()).toList();
  }

  /// How many peers have taken a key.
  public int copies(int key) {
    return copies[key];
  }

  /// Whether enough peers have taken a key: at least half of those that should, given who is left.
  public boolean isTold(int key) {
    int should = Math.min(k, peers.size() - gone.cardinality());
    return copies[key] > 0 && 2 * copies[key] >= should;
  }
}
