package io.kadenza.bench.network;

import io.kadenza.bench.Metric;
import io.kadenza.bench.RaceException;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/// The errands by their names on the command line.
final class Errands {
  static final List<String> NAMES = List.of("lookup", "cold-lookup", "stranger", "put", "get");

  private static final Metric RIGHT = Metric.higher("% of the 20 closest found");
  private static final Metric ROUND_TRIPS = Metric.lower("p50 in delays of the network");
  private static final Metric COPIES = Metric.higher("copies at the 20 closest");
  private static final Metric ALL_COPIES = Metric.higher("copies");

  private static final int K = 20;
  private static final int KEY_BYTES = 32;

  /// Of how many values of a turn the copies are counted.
  private static final int LOOKED_AT = 50;

  private final NetworkOptions options;
  private final List<Party> parties;

  private final SplittableRandom random = new SplittableRandom(1);

  /// @param parties all that take part
  Errands(NetworkOptions options, List<Party> parties) {
    this.options = options;
    this.parties = List.copyOf(parties);
  }

  Errand named(String name) {
    return switch (name) {
      case "lookup" -> new Described("closest 20 to a random key", List.of(RIGHT), this::lookup);
      case "cold-lookup" ->
          new Described(
              "the same, by clients that know one server", List.of(RIGHT), this::coldLookup);
      case "stranger" ->
          new Described(
              "one FIND_NODE to a server not met before", List.of(ROUND_TRIPS), this::stranger);
      case "put" ->
          new Described(
              "put of %,d bytes".formatted(options.bytes()),
              List.of(COPIES, ALL_COPIES),
              this::put);
      case "get" ->
          new Described("get of %,d bytes".formatted(options.bytes()), List.of(), this::get);
      default -> throw new IllegalArgumentException("there is no scenario " + name);
    };
  }

  private record Described(
      String name, List<Metric> more, Function<Party, Map<Metric, Double>> turn) implements Errand {
    @Override
    public List<Metric> metrics() {
      var all = new ArrayList<>(Effort.METRICS);
      all.addAll(more);
      return all;
    }

    @Override
    public Map<Metric, Double> run(Party party) {
      return turn.apply(party);
    }
  }

  private Map<Metric, Double> lookup(Party party) {
    List<Bytes> keys = keys("", options.operations());
    return searched(party, Effort.of(party, () -> party.crowd().closest(keys)), keys);
  }

  private Map<Metric, Double> coldLookup(Party party) {
    List<Bytes> keys = keys("", options.cold());
    List<String> entrances = party.swarm().addresses(keys.size());
    return searched(
        party, Effort.of(party, () -> party.crowd().closestAtFirst(keys, entrances)), keys);
  }

  private Map<Metric, Double> stranger(Party party) {
    List<Bytes> keys = keys("", options.cold());
    List<String> servers = party.swarm().addresses(keys.size());
    Effort.Spent spent = Effort.of(party, () -> party.crowd().askStrangers(keys, servers));
    Map<Metric, Double> readings = new LinkedHashMap<>(spent.readings());
    Double median = readings.get(Effort.P50);
    if (options.rtt() > 0 && median != null) {
      readings.put(ROUND_TRIPS, median / options.rtt());
    }
    return readings;
  }

  private Map<Metric, Double> searched(Party party, Effort.Spent spent, List<Bytes> keys) {
    int right = 0;
    for (int i = 0; i < keys.size(); i++) {
      Set<PeerId> closest = party.swarm().closest(keys.get(i), K);
      closest.retainAll(spent.done().get(i).peers());
      right += closest.size();
    }
    Map<Metric, Double> readings = new LinkedHashMap<>(spent.readings());
    readings.put(RIGHT, 100.0 * right / (K * keys.size()));
    return readings;
  }

  private Map<Metric, Double> put(Party party) {
    List<Bytes> keys = keys("/v/", options.operations());
    Effort.Spent spent = Effort.of(party, () -> party.crowd().put(keys, options.bytes()));
    allGood(spent.done(), "put");
    List<Bytes> some = keys.subList(0, Math.min(LOOKED_AT, keys.size()));
    List<Set<PeerId>> holders = party.swarm().holders(some);
    double copies = 0;
    double well = 0;
    for (int i = 0; i < some.size(); i++) {
      Set<PeerId> closest = new HashSet<>(party.swarm().closest(some.get(i), K));
      copies += holders.get(i).size();
      closest.retainAll(holders.get(i));
      well += closest.size();
    }
    Map<Metric, Double> readings = new LinkedHashMap<>(spent.readings());
    readings.put(COPIES, well / some.size());
    readings.put(ALL_COPIES, copies / some.size());
    return readings;
  }

  private Map<Metric, Double> get(Party party) {
    List<Bytes> keys = keys("/v/", options.operations());
    // What is looked for was stored by all clients of the network, each its share.
    List<Crowd> storers =
        parties.stream().filter(p -> p.swarm() == party.swarm()).map(Party::crowd).toList();
    int share = Math.ceilDiv(keys.size(), storers.size());
    for (int i = 0; i < storers.size(); i++) {
      List<Bytes> part =
          keys.subList(Math.min(i * share, keys.size()), Math.min((i + 1) * share, keys.size()));
      allGood(storers.get(i).put(part, options.bytes()), "put");
    }
    Effort.Spent spent = Effort.of(party, () -> party.crowd().get(keys, options.bytes()));
    allGood(spent.done(), "get");
    return spent.readings();
  }

  private static void allGood(List<Crowd.Done> done, String verb) {
    long failed = done.stream().filter(one -> !one.good()).count();
    if (failed > 0) {
      throw new RaceException("%d of %d failed to %s".formatted(failed, done.size(), verb));
    }
  }

  private List<Bytes> keys(String prefix, int count) {
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[KEY_BYTES];
      random.nextBytes(bytes);
      Bytes key = Bytes.wrap(bytes);
      keys.add(prefix.isEmpty() ? key : Bytes.utf8(prefix + key.toHex()));
    }
    return keys;
  }
}
