package io.kadenza.node.demo;

import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.Contact;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.node.trace.Ladder;
import io.kadenza.node.trace.LookupTrace;
import io.kadenza.node.trace.PeerNames;
import io.kadenza.node.trace.TraceView;
import io.kadenza.node.trace.WalkLog;
import java.util.List;
import java.util.stream.Collectors;

/// The rungs of a walk and nothing else, with the demo's own names for its nodes. Owned by the
/// thread of the trace.
final class DemoTrace implements TraceView {
  /// Shared leading bits at which a bar is full; among a few dozen nodes hardly any share more.
  private static final int CELLS = 8;

  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Ladder ladder;

  private DemoTrace(DemoNetwork network, Terminal terminal) {
    this.terminal = terminal;
    this.ladder = new Ladder(terminal.palette(), new Numbers(network), CELLS);
  }

  /// Prints the walks that a node makes from now on, until closed.
  static LookupTrace of(Dht dht, DemoNetwork network, Terminal terminal) {
    return LookupTrace.of(dht, new DemoTrace(network, terminal));
  }

  private record Numbers(DemoNetwork network) implements PeerNames {
    @Override
    public String name(PeerId peer) {
      return network.name(peer);
    }

    @Override
    public String agent(PeerId peer) {
      return "";
    }

    @Override
    public String news(int named, List<Contact> heard) {
      return heard.isEmpty()
          ? "knows nobody new"
          : "names "
              + heard.stream()
                  .map(peer -> network.name(peer.id()))
                  .collect(Collectors.joining(" "));
    }
  }

  @Override
  public void started(WalkLog walk) {
    terminal.out().println(INDENT + ladder.head());
  }

  @Override
  public void stepped(WalkLog walk, EngineEvent.LookupStep step) {
    ladder.rung(walk, step).ifPresent(rung -> terminal.out().println(INDENT + rung));
  }

  @Override
  public void ended(WalkLog walk, EngineEvent.LookupEnded end) {}

  @Override
  public void stored(EngineEvent.RpcEvent end) {}

  @Override
  public void lost(long events) {}
}
