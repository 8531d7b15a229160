package io.kadenza.bench.network;

import io.kadenza.bench.PeerProcess;
import io.kadenza.bench.RaceException;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The servers of a network, in processes of their own, and the truth about them: who is closest to
/// a key, what they were asked, what they hold. One thread at a time.
final class Swarm implements AutoCloseable {
  /// By whom newcomers join.
  private static final int SEEDS = 3;

  /// The first to join have met only few when they look around.
  private static final int JOINS = 2;

  private record Member(PeerId id, KadKey key, String address) {}

  private final List<PeerProcess> processes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();

  private Swarm() {}

  /// Starts these programs; their servers do not know each other yet.
  static Swarm start(List<List<String>> commands, Path log) {
    var swarm = new Swarm();
    try {
      for (List<String> command : commands) {
        swarm.add(PeerProcess.start(command, log));
      }
    } catch (RuntimeException failed) {
      swarm.close();
      throw failed;
    }
    return swarm;
  }

  private void add(PeerProcess process) {
    processes.add(process);
    JsonNode ids = process.ready().get("ids");
    JsonNode addresses = process.ready().get("addrs");
    for (int i = 0; i < ids.size(); i++) {
      PeerId id = PeerId.parse(ids.get(i).asString());
      members.add(new Member(id, KadKey.of(id), addresses.get(i).asString()));
    }
  }

  /// Has every server look around.
  ///
  /// @return how many others the one with the fewest knows
  int join() {
    int fewest = 0;
    for (int i = 0; i < JOINS; i++) {
      fewest = Integer.MAX_VALUE;
      for (PeerProcess process : processes) {
        ObjectNode request = request("join");
        var seeds = request.putArray("addrs");
        addresses(SEEDS).forEach(seeds::add);
        for (JsonNode table : process.ask(request).get("tables")) {
          fewest = Math.min(fewest, table.asInt());
        }
      }
    }
    return fewest;
  }

  List<PeerProcess> processes() {
    return List.copyOf(processes);
  }

  /// Seconds of processor time that the servers have used.
  double cpuSeconds() {
    return processes.stream().mapToDouble(PeerProcess::cpuSeconds).sum();
  }

  /// Addresses of some servers, always the same ones.
  List<String> addresses(int count) {
    var random = new SplittableRandom(members.size());
    return random
        .ints(0, members.size())
        .distinct()
        .limit(Math.min(count, members.size()))
        .mapToObj(i -> members.get(i).address())
        .toList();
  }

  /// Who really is closest to a key.
  Set<PeerId> closest(Bytes key, int count) {
    KadKey target = KadKey.of(key);
    Comparator<Member> nearer = (a, b) -> target.compareDistance(a.key(), b.key());
    var closest = new HashSet<PeerId>();
    members.stream().sorted(nearer).limit(count).map(Member::id).forEach(closest::add);
    return closest;
  }

  /// How many requests of a kind the servers have received.
  long requests(String type) {
    return counts().stream().mapToLong(counts -> counts.path(type).asLong()).sum();
  }

  /// How many requests the servers have received.
  long requests() {
    return counts().stream()
        .flatMap(counts -> counts.valueStream())
        .mapToLong(JsonNode::asLong)
        .sum();
  }

  private List<JsonNode> counts() {
    return processes.stream().map(process -> process.ask(request("counts"))).toList();
  }

  /// Which servers hold a value under each of these keys.
  List<Set<PeerId>> holders(List<Bytes> keys) {
    List<Set<PeerId>> holders = new ArrayList<>();
    keys.forEach(_ -> holders.add(new HashSet<>()));
    ObjectNode request = request("held");
    var list = request.putArray("keys");
    keys.forEach(key -> list.add(key.toHex()));
    for (PeerProcess process : processes) {
      JsonNode held = process.ask(request).get("held");
      for (int i = 0; i < keys.size(); i++) {
        for (JsonNode id : held.get(i)) {
          holders.get(i).add(PeerId.parse(id.asString()));
        }
      }
    }
    return holders;
  }

  /// What came of a sweep, and forgets it.
  ///
  /// @param provider who should be known as the provider
  /// @param step every how many contents to look at
  Provided provided(PeerId provider, long seed, int count, int step) {
    if (processes.size() != 1) {
      throw new RaceException("only servers of one process know what all of them hold");
    }
    PeerProcess process = processes.getFirst();
    ObjectNode request =
        request("providers")
            .put("provider", provider.toString())
            .put("seed", seed)
            .put("count", count)
            .put("step", step);
    JsonNode answer = process.ask(request);
    return new Provided(
        answer.get("looked").asInt(), answer.get("held").asInt(), answer.get("worst").asInt());
  }

  /// @param looked how many contents were looked at
  /// @param held records at the 20 servers closest to each
  /// @param worst the fewest such records of one content
  record Provided(int looked, int held, int worst) {}

  /// Has the servers forget what they were told and asked.
  void clear() {
    processes.forEach(process -> process.ask(request("clear")));
  }

  private static ObjectNode request(String verb) {
    return JsonMapper.shared().createObjectNode().put("verb", verb);
  }

  @Override
  public void close() {
    processes.forEach(PeerProcess::close);
  }
}
