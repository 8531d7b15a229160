package io.kadenza.bench.network;

import io.kadenza.bench.Contender;
import io.kadenza.bench.PeerProcess;
import io.kadenza.bench.RaceException;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The clients of one implementation, in one process. One thread at a time.
final class Crowd implements AutoCloseable {
  /// What came of one operation.
  ///
  /// @param good whether it did what it was to do, as far as the client knows
  record Done(long nanos, Set<PeerId> peers, boolean good) {
    Done {
      peers = Set.copyOf(peers);
    }
  }

  private final PeerProcess process;

  private Crowd(PeerProcess process) {
    this.process = process;
  }

  static Crowd start(Contender contender, Path log) {
    return new Crowd(PeerProcess.start(contender.command(), log));
  }

  PeerProcess process() {
    return process;
  }

  /// Has some new clients join a network, in place of those there were.
  ///
  /// @return how many servers the one with the fewest knows
  int join(int clients, List<String> addresses) {
    ObjectNode request = request("join").put("nodes", clients);
    put(request, "addrs", addresses);
    int fewest = Integer.MAX_VALUE;
    for (JsonNode table : process.ask(request).get("tables")) {
      fewest = Math.min(fewest, table.asInt());
    }
    return fewest;
  }

  /// Looks for the servers closest to each key.
  List<Done> closest(List<Bytes> keys) {
    return perform(request("closest"), keys);
  }

  /// Likewise with clients that know one server each and nothing else.
  List<Done> closestAtFirst(List<Bytes> keys, List<String> addresses) {
    ObjectNode request = request("closest-fresh");
    put(request, "addrs", addresses);
    return perform(request, keys);
  }

  /// Asks a server about each key, with clients that have met nobody.
  List<Done> askStrangers(List<Bytes> keys, List<String> addresses) {
    ObjectNode request = request("ask-fresh");
    put(request, "addrs", addresses);
    return perform(request, keys);
  }

  /// Stores a value of that length under each key.
  List<Done> put(List<Bytes> keys, int length) {
    return perform(request("put").put("bytes", length), keys);
  }

  /// Looks for these values, each with another client than had stored it.
  List<Done> get(List<Bytes> keys, int length) {
    return perform(request("get").put("bytes", length).put("shift", 1), keys);
  }

  /// Provides that many contents.
  JsonNode sweep(long seed, int count) {
    return process.ask(request("sweep").put("seed", seed).put("count", count));
  }

  private List<Done> perform(ObjectNode request, List<Bytes> keys) {
    put(request, "keys", keys.stream().map(Bytes::toHex).toList());
    List<Done> done = new ArrayList<>();
    for (JsonNode one : process.ask(request).get("results")) {
      var peers = new HashSet<PeerId>();
      one.path("peers").forEach(id -> peers.add(PeerId.parse(id.asString())));
      done.add(new Done(one.get("nanos").asLong(), peers, one.get("good").asBoolean()));
    }
    if (done.size() != keys.size()) {
      throw new RaceException(done.size() + " results of " + keys.size() + " operations");
    }
    return done;
  }

  private static void put(ObjectNode request, String name, List<String> texts) {
    var list = request.putArray(name);
    texts.forEach(list::add);
  }

  private static ObjectNode request(String verb) {
    return JsonMapper.shared().createObjectNode().put("verb", verb);
  }

  @Override
  public void close() {
    process.close();
  }
}
