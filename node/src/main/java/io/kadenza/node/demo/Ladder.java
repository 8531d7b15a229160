package io.kadenza.node.demo;

import io.kadenza.host.EventStream;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.node.terminal.Palette;
import io.kadenza.node.terminal.Terminal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints a walk while it goes: one rung for each answer, the fuller the bar the closer the peer is
/// to the key. Owned by the thread that reads the events.
final class Ladder implements AutoCloseable {
  private static final int EVENTS = 4_096;

  /// Shared leading bits at which the bar is full; among a few dozen nodes hardly any share more.
  private static final int FULL = 8;

  private final DemoNetwork network;
  private final Terminal terminal;
  private final Palette palette;
  private final EventStream<EngineEvent> events;
  private final Thread reader;
  private final Map<Long, KadKey> targets = new HashMap<>();

  private Ladder(Dht dht, DemoNetwork network, Terminal terminal) {
    this.network = network;
    this.terminal = terminal;
    this.palette = terminal.palette();
    this.events = dht.events(EVENTS);
    this.reader = Thread.ofVirtual().name("kad-ladder").unstarted(() -> events.forEach(this::take));
  }

  /// Prints the walks that a node makes from now on, until closed.
  static Ladder of(Dht dht, DemoNetwork network, Terminal terminal) {
    var ladder = new Ladder(dht, network, terminal);
    ladder.reader.start();
    return ladder;
  }

  private void take(EngineEvent event) {
    if (event instanceof EngineEvent.LookupStarted started
        && started.operationId() != EngineEvent.NO_OPERATION) {
      targets.put(started.lookupId(), started.target());
    }
    if (event instanceof EngineEvent.LookupStep step) {
      KadKey target = targets.get(step.lookupId());
      if (target != null) {
        print(step, target);
      }
    }
  }

  private void print(EngineEvent.LookupStep step, KadKey target) {
    int bits = step.peer().key().commonPrefixLength(target);
    String bar = "▰".repeat(Math.min(bits, FULL)) + "▱".repeat(FULL - Math.min(bits, FULL));
    String news =
        switch (step) {
          case EngineEvent.LookupAnswered answered -> news(answered.heard());
          case EngineEvent.LookupFailed _ -> palette.red("does not answer");
          case EngineEvent.LookupAsked _, EngineEvent.LookupSlow _ -> "";
        };
    if (news.isEmpty()) {
      return;
    }
    terminal
        .out()
        .printf(
            "      %s  %s %s  %s%n",
            palette.bold(String.format("%-4s", network.name(step.peer().id()))),
            palette.cyan(bar),
            palette.dim(String.format("%2d bits shared", bits)),
            news);
  }

  private String news(List<Contact> heard) {
    return heard.isEmpty()
        ? palette.dim("knows nobody new")
        : "names "
            + heard.stream().map(peer -> network.name(peer.id())).collect(Collectors.joining(" "));
  }

  /// Prints what is left, then ends.
  @Override
  public void close() {
    events.close();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
