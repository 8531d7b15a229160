package io.kadenza.node.trace;

import io.kadenza.host.Host;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.Palette;
import io.kadenza.node.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints walks for people: a [Ladder] while it goes, and at its end whom it found, a
/// [LookupChart], and why it stopped. To standard error, in 80 columns.
public final class TextTrace implements TraceView {
  /// Most networks have fewer than 2^16 peers.
  private static final int CELLS = 16;

  private static final int KEY_COLUMNS = 40;
  private static final int CLOSEST_PER_LINE = 5;

  private final PrintStream out;
  private final Palette palette;
  private final PeerNames names;
  private final Ladder ladder;

  TextTrace(Terminal terminal, PeerNames names) {
    this.out = terminal.err();
    this.palette = terminal.errPalette();
    this.names = names;
    this.ladder = new Ladder(palette, names, CELLS);
  }

  /// Calls peers by the end of their ids and by what they told this host by identify.
  public static TextTrace on(Terminal terminal, Host host) {
    return new TextTrace(terminal, new HostNames(host));
  }

  private record HostNames(Host host) implements PeerNames {
    @Override
    public String name(PeerId peer) {
      return peer.shortName();
    }

    @Override
    public String agent(PeerId peer) {
      return host.peerstore().identification(peer).map(i -> Escaped.line(i.agent())).orElse("");
    }
  }

  @Override
  public void started(WalkLog walk) {
    var beginning = walk.beginning();
    int seeds = beginning.seeds().size();
    out.println(
        label(walk)
            + palette.bold(beginning.question() + " " + shown(beginning.key()))
            + palette.dim(
                " at "
                    + walk.target().toString().substring(0, 8)
                    + "…, from "
                    + Counted.of(seeds, "peer")));
    out.println(ladder.head());
  }

  /// Several walks may go at once; then each line says to which it belongs.
  private static String label(WalkLog walk) {
    return walk.number() == 1 ? "" : "[" + walk.number() + "] ";
  }

  private static String shown(Bytes key) {
    String text = Escaped.utf8(key.toArray()).map(Escaped::line).orElse("");
    boolean isText = !text.isEmpty() && !text.startsWith("\\u{");
    return Ladder.cut(isText ? text : key.toHex(), KEY_COLUMNS);
  }

  @Override
  public void stepped(WalkLog walk, EngineEvent.LookupStep step) {
    ladder.rung(walk, step).ifPresent(rung -> out.println(label(walk) + rung));
  }

  @Override
  public void ended(WalkLog walk, EngineEvent.LookupEnded end) {
    closest(walk, end.closest());
    Set<KadKey> keys =
        end.closest().stream().map(peer -> KadKey.of(peer.id())).collect(Collectors.toSet());
    LookupStats stats = end.stats();
    new LookupChart(walk, stats.took(), keys, palette).lines().forEach(out::println);
    out.println(
        label(walk)
            + palette.bold("over after " + Ladder.millis(stats.took()) + " ms")
            + " because "
            + Reasons.words(stats.reason()));
    out.println(
        palette.dim(
            String.format(
                Locale.ROOT,
                "%d asked, %d answered, %d failed, %d given up, %s",
                stats.asked(),
                stats.answered(),
                stats.failed(),
                stats.asked() - stats.answered() - stats.failed(),
                Counted.of(stats.hops(), "hop"))));
  }

  private void closest(WalkLog walk, List<PeerInfo> peers) {
    var line = new ArrayList<String>();
    for (int i = 0; i < peers.size(); i++) {
      PeerId peer = peers.get(i).id();
      int bits = walk.bits(KadKey.of(peer));
      line.add(
          palette.green(String.format("%-8s", names.name(peer)))
              + palette.dim(String.format(Locale.ROOT, "%3d", bits)));
      if (line.size() == CLOSEST_PER_LINE || i == peers.size() - 1) {
        String lead = i < CLOSEST_PER_LINE ? "closest:  " : "          ";
        out.println(lead + String.join("  ", line));
        line.clear();
      }
    }
  }

  @Override
  public void stored(EngineEvent.RpcEvent end) {
    String name = palette.bold(String.format("%-8s", names.name(end.peer())));
    switch (end) {
      case EngineEvent.RpcAnswered answered ->
          store(palette.green("✓"), name, end, answered.took(), palette.green("took it"));
      case EngineEvent.RpcFailed failed ->
          store(
              palette.red("✗"), name, end, failed.took(), palette.red(Reasons.words(failed.why())));
      case EngineEvent.RpcAbandoned abandoned ->
          store(palette.yellow("…"), name, end, abandoned.took(), palette.yellow("given up"));
      case EngineEvent.RpcSent _, EngineEvent.RpcServed _, EngineEvent.RpcRefused _ -> {}
    }
  }

  private void store(
      String mark, String name, EngineEvent.RpcEvent end, Duration took, String what) {
    out.printf(
        Locale.ROOT,
        "%8s  %-20s  %s %s  %8s  %s%n",
        "",
        end.type(),
        mark,
        name,
        Ladder.millis(took),
        what);
  }

  @Override
  public void idle() {
    out.println(palette.dim("nothing had to be looked up: it was known"));
  }

  @Override
  public void lost(long events) {
    out.println(palette.yellow(events + " events came too fast to be shown"));
  }
}
