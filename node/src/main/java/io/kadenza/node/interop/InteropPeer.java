package io.kadenza.node.interop;

import io.kadenza.crypto.Identity;
import io.kadenza.kad.Network;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A DHT server on loopback that does what it is told, one request after the other.
public final class InteropPeer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Node node;
  private final String version;
  private final Topics topics;
  private final Verbs verbs;

  private InteropPeer(Node node, String version) {
    this.node = node;
    this.version = version;
    this.topics = new Topics(node.host());
    this.verbs = new Verbs(node, topics);
  }

  /// Starts the node.
  ///
  /// @param protocol the DHT's protocol id
  public static InteropPeer start(Identity identity, String protocol, String version) {
    Validators rules = Network.LOCAL.validators().with("v", new FirstIsBest());
    var network = Network.LOCAL.withProtocol(protocol).withValidators(rules);
    return new InteropPeer(
        Node.start(
            identity, List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), Part.SERVER, network),
        version);
  }

  /// Says that it is ready, then answers requests until `quit` or the end of input.
  public void serve(Terminal terminal) throws IOException {
    terminal.say(
        JsonLine.plain()
            .with("event", "ready")
            .with("id", node.host().id().toString())
            .with("addrs", node.addresses().stream().map(Multiaddr::toString).toList())
            .with("impl", "kadenza")
            .with("version", "kadenza " + version)
            .toString());
    var in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Request request;
      try {
        request = Request.of(JSON.readTree(line));
      } catch (JacksonException e) {
        terminal.say(JsonLine.plain().with("ok", false).with("error", "not JSON").toString());
        continue;
      }
      terminal.say(answer(request));
      if (request.verb().equals("quit")) {
        return;
      }
    }
  }

  private String answer(Request request) {
    var answer = JsonLine.plain().with("n", request.number());
    try {
      JsonLine fields = verbs.perform(request);
      answer.with("ok", true);
      fields.fields().forEach(answer::with);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.with("ok", false).with("error", "interrupted");
    } catch (RuntimeException e) {
      answer.with("ok", false).with("error", e.toString());
    }
    return answer.toString();
  }

  @Override
  public void close() {
    topics.close();
    node.close();
  }
}
