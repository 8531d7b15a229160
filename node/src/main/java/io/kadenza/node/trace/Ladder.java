package io.kadenza.node.trace;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.terminal.Palette;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// A walk as a ladder: one rung for each peer that answered or did not, the fuller its bar the
/// closer the peer is to the key. Each rung fits into 79 columns.
public final class Ladder {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int NEWS_COLUMNS = 25;

  private final Palette palette;
  private final PeerNames names;
  private final int cells;

  /// @param cells of a bar, 7 to 16; it is full when as many leading bits are shared
  public Ladder(Palette palette, PeerNames names, int cells) {
    this.palette = palette;
    this.names = names;
    this.cells = cells;
  }

  /// What the columns are.
  public String head() {
    return palette.dim(
        String.format(
            "%8s  %-" + (cells + 4) + "s    %-8s  %8s", "at ms", "bits shared", "peer", "took ms"));
  }

  /// The rung for a step; empty for a request, which only its end makes interesting.
  public Optional<String> rung(WalkLog walk, EngineEvent.LookupStep step) {
    return switch (step) {
      case EngineEvent.LookupAsked _ -> Optional.empty();
      case EngineEvent.LookupAnswered answered -> {
        String news = names.news(answered.named(), answered.heard());
        String told =
            answered.heard().isEmpty()
                ? palette.dim(withAgent(news, step.peer().id()))
                : withAgent(news, step.peer().id());
        yield rung(walk, step, palette.green("✓"), millis(answered.took()), told);
      }
      case EngineEvent.LookupFailed failed ->
          rung(
              walk,
              step,
              palette.red("✗"),
              millis(failed.took()),
              palette.red(Reasons.words(failed.why())));
      case EngineEvent.LookupSlow _ ->
          rung(walk, step, palette.yellow("…"), "", palette.yellow("slow: on without it"));
    };
  }

  private Optional<String> rung(
      WalkLog walk, EngineEvent.LookupStep step, String mark, String took, String news) {
    int bits = walk.bits(step.peer().key());
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%8s  %s %s  %s %s  %8s  %s",
            millis(step.since()),
            bar(bits),
            palette.dim(String.format(Locale.ROOT, "%3d", bits)),
            mark,
            palette.bold(String.format("%-8s", names.name(step.peer().id()))),
            took,
            news));
  }

  private String bar(int bits) {
    int full = Math.min(bits, cells);
    return palette.cyan("▰".repeat(full) + "▱".repeat(cells - full));
  }

  private String withAgent(String news, PeerId peer) {
    String agent = names.agent(peer);
    int room = NEWS_COLUMNS - news.length() - 2;
    return agent.isEmpty() || room < 4 ? news : news + "  " + cut(agent, room);
  }

  /// A text in so many columns at most.
  static String cut(String text, int columns) {
    int length = text.codePointCount(0, text.length());
    return length <= columns
        ? text
        : text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
  }

  /// Milliseconds with one decimal.
  static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toNanos() / NANOS_PER_MILLI);
  }
}
