package io.kadenza.bench.peer;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Our part of a network for clients to race in: `Servers COUNT` hosts that many DHT servers.
/// `interop/README.md` has what is asked, under `kadnet`.
public final class Servers {
  private final List<Server> servers;

  private Servers(List<Server> servers) {
    this.servers = servers;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var servers = new ArrayList<Server>();
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      servers.add(Server.start());
    }
    ObjectNode ready = Lines.object();
    var ids = ready.putArray("ids");
    var addresses = ready.putArray("addrs");
    for (Server server : servers) {
      ids.add(server.id().toString());
      addresses.add(server.address().toString());
    }
    Lines.serve(ready, new Servers(servers)::answer);
    servers.forEach(Server::close);
  }

  private ObjectNode answer(JsonNode request) {
    return switch (request.get("verb").asString()) {
      case "join" ->
          join(Lines.texts(request.get("addrs")).stream().map(Multiaddr::parse).toList());
      case "counts" -> counts();
      case "held" -> held(Lines.texts(request.get("keys")).stream().map(Bytes::fromHex).toList());
      default -> throw new IllegalArgumentException("unknown verb");
    };
  }

  private ObjectNode join(List<Multiaddr> seeds) {
    ObjectNode reply = Lines.object();
    var tables = reply.putArray("tables");
    servers.forEach(server -> tables.add(server.join(seeds)));
    return reply;
  }

  private ObjectNode counts() {
    ObjectNode reply = Lines.object();
    servers.forEach(server ->
        server
            .requests()
            .forEach(
                (type, count) -> reply.put(type.name(), reply.path(type.name()).asLong() + count)));
    return reply;
  }

  private ObjectNode held(List<Bytes> keys) {
    ObjectNode reply = Lines.object();
    var holders = reply.putArray("held");
    for (Bytes key : keys) {
      var ids = holders.addArray();
      servers.stream().filter(s -> s.holds(key)).forEach(server -> ids.add(server.id().toString()));
    }
    return reply;
  }
}
