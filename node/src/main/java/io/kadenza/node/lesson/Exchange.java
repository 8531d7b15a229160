package io.kadenza.node.lesson;

import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.Routing;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What the lesson does with the DHT: a server stores a value and advertises content, a client
/// looks for both. Confined to one thread at a time.
final class Exchange {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Node node;
  private final Routing dht;
  private final Terminal terminal;

  Exchange(Node node, Terminal terminal) {
    this.node = node;
    this.dht = node.routing();
    this.terminal = terminal;
  }

  /// Does nothing where the lesson is not held.
  void perform() {
    if (!LessonContent.suits(node)) {
      return;
    }
    if (node.isServer()) {
      store();
      advertise();
    } else {
      retrieve();
      find();
    }
  }

  private void store() {
    var stored = dht.put(LessonContent.VALUE_KEY, LessonContent.VALUE, LIMIT);
    if (stored.local().isStored()) {
      terminal.say(
          "Stored value '"
              + LessonContent.VALUE.utf8()
              + "' with key: "
              + LessonContent.valueKeyText());
    } else {
      terminal.warn("Failed to store the value: " + stored.local() + " " + stored.why());
    }
  }

  private void advertise() {
    var provided = dht.provide(LessonContent.CONTENT_KEY, LIMIT);
    if (provided.local().isStored()) {
      terminal.say(
          "Successfully advertised as server for content: " + LessonContent.CONTENT_KEY.toHex());
    } else {
      terminal.warn("Failed to advertise as content server: " + provided.local());
    }
  }

  private void retrieve() {
    terminal.say("Looking up key: " + LessonContent.valueKeyText());
    switch (dht.get(LessonContent.VALUE_KEY, Quorum.ALL, LIMIT)) {
      case GetResult.Found found ->
          terminal.say("Retrieved value: " + Escaped.value(found.record().value().toArray()));
      case GetResult.NotFound(var closest, var stats) ->
          terminal.warn(
              "Failed to retrieve value: "
                  + stats.answered()
                  + " peers answered, and none of them has it");
    }
  }

  private void find() {
    String content = LessonContent.CONTENT_KEY.toHex();
    terminal.say("Looking for servers of content: " + content);
    List<PeerInfo> providers;
    try (var search = dht.findProviders(LessonContent.CONTENT_KEY, 0, LIMIT)) {
      providers = search.await().providers();
    }
    if (providers.isEmpty()) {
      terminal.warn("No servers found for content " + content);
    } else {
      terminal.say("Found " + providers.size() + " servers for content: " + ids(providers));
    }
  }

  /// As Python prints a list of strings.
  static String ids(List<PeerInfo> peers) {
    return peers.stream()
        .map(peer -> "'" + peer.id() + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
