package io.kadenza.bench.peer;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Our side of the races among clients. `interop/README.md` has what is asked, under `kadclient`.
public final class Clients {
  private final List<Client> nodes = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Clients() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var clients = new Clients();
    Lines.serve(Lines.object(), clients::answer);
    clients.stop();
  }

  private ObjectNode answer(JsonNode request) throws InterruptedException {
    int bytes = request.path("bytes").asInt();
    return switch (request.get("verb").asString()) {
      case "join" -> join(request);
      case "closest" -> each(request, Client::closest);
      case "closest-fresh" -> fresh(request, Client::closestByWayOf);
      case "ask-fresh" -> fresh(request, Client::ask);
      case "put" -> each(request, (node, key) -> node.put(key, bytes));
      case "get" -> each(request, (node, key) -> node.get(key, bytes));
      case "sweep" -> sweep(request);
      default -> throw new IllegalArgumentException("unknown verb");
    };
  }

  /// As many nodes as are wanted, in place of those there were.
  private ObjectNode join(JsonNode request) throws InterruptedException {
    stop();
    List<Multiaddr> seeds = addresses(request);
    ObjectNode reply = Lines.object();
    var tables = reply.putArray("tables");
    for (int i = 0; i < request.get("nodes").asInt(); i++) {
      Client node = Client.start();
      nodes.add(node);
      tables.add(node.join(seeds));
    }
    return reply;
  }

  /// Every node works on its share of the keys, one after the other, all nodes at once.
  private ObjectNode each(JsonNode request, BiFunction<Client, Bytes, Client.Done> operation)
      throws InterruptedException {
    List<Bytes> keys = keys(request);
    int shift = request.path("shift").asInt();
    var done = new Client.Done[keys.size()];
    List<Callable<Boolean>> shares = new ArrayList<>();
    for (int first = 0; first < nodes.size(); first++) {
      int from = first;
      Client node = nodes.get((first + shift) % nodes.size());
      shares.add(() -> {
        for (int i = from; i < done.length; i += nodes.size()) {
          done[i] = operation.apply(node, keys.get(i));
        }
        return true;
      });
    }
    for (Future<Boolean> share : threads.invokeAll(shares)) {
      try {
        share.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return results(List.of(done));
  }

  /// What a node does that has just been started, with the one server that it is told of.
  @FunctionalInterface
  private interface FirstSteps {
    Client.Done take(Client node, Multiaddr server, Bytes key) throws InterruptedException;
  }

  /// Works on each key with a node of its own.
  private static ObjectNode fresh(JsonNode request, FirstSteps steps) throws InterruptedException {
    List<Multiaddr> servers = addresses(request);
    var done = new ArrayList<Client.Done>();
    for (Bytes key : keys(request)) {
      try (Client node = Client.start()) {
        done.add(steps.take(node, servers.get(done.size() % servers.size()), key));
      }
    }
    return results(done);
  }

  private ObjectNode sweep(JsonNode request) throws InterruptedException {
    Client.Swept swept =
        nodes.getFirst().sweep(request.get("seed").asLong(), request.get("count").asInt());
    return Lines.object()
        .put("provider", swept.provider().toString())
        .put("nanos", swept.nanos())
        .put("regions", swept.stats().regions())
        .put("findNodes", swept.stats().findNodes())
        .put("messages", swept.stats().messages())
        .put("told", swept.stats().told())
        .put("missed", swept.stats().missed());
  }

  private static ObjectNode results(List<Client.Done> done) {
    ObjectNode reply = Lines.object();
    var results = reply.putArray("results");
    for (Client.Done one : done) {
      ObjectNode result = results.addObject();
      result.put("nanos", one.nanos()).put("good", one.good());
      var peers = result.putArray("peers");
      one.peers().stream().map(PeerId::toString).forEach(peers::add);
    }
    return reply;
  }

  private static List<Bytes> keys(JsonNode request) {
    return Lines.texts(request.get("keys")).stream().map(Bytes::fromHex).toList();
  }

  private static List<Multiaddr> addresses(JsonNode request) {
    return Lines.texts(request.get("addrs")).stream().map(Multiaddr::parse).toList();
  }

  private void stop() {
    nodes.forEach(Client::close);
    nodes.clear();
  }
}
