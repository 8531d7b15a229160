package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How much of a store each network has taken up, and so whose record gives way when it is full.
/// Confined to its store's thread.
final class NetworkShares {
  private static final class Network {
    final long number;

    /// What each of its records weighs, the eldest first.
    final LinkedHashMap<Bytes, Long> records = new LinkedHashMap<>(2);

    long weight;

    Network(long number) {
      this.number = number;
    }
  }

  private final Map<Long, Network> networks = new HashMap<>();

  /// The one that has most comes last.
  private final TreeSet<Network> byWeight =
      new TreeSet<>(
          Comparator.<Network>comparingLong(one -> one.weight)
              .thenComparingLong(one -> one.number));

  void add(Sender from, Bytes key, long weight) {
    grown(from, weight).records.putLast(key, weight);
  }

  /// Takes in again what [#takeGivingWay] took out last, as the eldest of its network.
  void putBack(Sender from, Bytes key, long weight) {
    grown(from, weight).records.putFirst(key, weight);
  }

  private Network grown(Sender from, long weight) {
    Network network = networks.computeIfAbsent(from.network(), Network::new);
    byWeight.remove(network);
    network.weight += weight;
    byWeight.add(network);
    return network;
  }

  /// Takes out a record, if it is there.
  void remove(Sender from, Bytes key) {
    Network network = networks.get(from.network());
    if (network != null) {
      remove(network, key);
    }
  }

  private void remove(Network network, Bytes key) {
    Long weight = network.records.remove(key);
    if (weight == null) {
      return;
    }
    byWeight.remove(network);
    network.weight -= weight;
    if (network.records.isEmpty()) {
      networks.remove(network.number);
    } else {
      byWeight.add(network);
    }
  }

  /// Takes out the record that gives way to one of this weight: the eldest of the network that has
  /// most, if that is left with no less than the sender's network then has. Null if nobody has so
  /// much.
  @Nullable Bytes takeGivingWay(Sender to, long weight) {
    if (byWeight.isEmpty()) {
      return null;
    }
    Network most = byWeight.last();
    Network own = networks.get(to.network());
    if (own == most) {
      return null;
    }
    var eldest = most.records.firstEntry();
    long have = own == null ? 0 : own.weight;
    if (most.weight - eldest.getValue() < have + weight) {
      return null;
    }
    remove(most, eldest.getKey());
    return eldest.getKey();
  }
}
