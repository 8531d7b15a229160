package io.kadenza.sim.check;

import io.kadenza.sim.net.Census;
import io.kadenza.sim.net.Network;
import io.kadenza.sim.net.SimNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Some time after a partition has healed, nodes know their neighbours nearly as well as they did
/// before it: of the k honest servers that are closest to a node and up, as many are in its table.
public final class TablesAgree implements Checker {
  /// What may be missing of what there was.
  private static final double TOLERANCE = 0.05;

  private final List<Cut> cuts;
  private final long withinNanos;
  private double before;
  private int next;

  /// When a partition begins and ends.
  public record Cut(Duration begin, Duration end) {}

  /// @param cuts at least one, in the order of their time, and none within the time after another
  /// @param within the time that it may take
  public TablesAgree(List<Cut> cuts, Duration within) {
    if (cuts.isEmpty()) {
      throw new IllegalArgumentException("without a partition there is nothing to judge");
    }
    this.cuts = List.copyOf(cuts);
    this.withinNanos = within.toNanos();
  }

  @Override
  public void inspect(Network network) {
    if (next == cuts.size()) {
      return;
    }
    Cut cut = cuts.get(next);
    long now = network.timeline().nanos();
    if (now <= cut.begin.toNanos()) {
      before = known(network);
    } else if (now >= cut.end.toNanos() + withinNanos) {
      double after = known(network);
      if (after < before - TOLERANCE) {
        throw new Violation(
            "convergence",
            String.format(
                Locale.ROOT,
                "of their closest peers nodes know %.1f %%, %d s after a partition has healed;"
                    + " before it %.1f %%",
                100 * after,
                (now - cut.end.toNanos()) / 1_000_000_000L,
                100 * before));
      }
      next++;
      before = after;
    }
  }

  private static double known(Network network) {
    var census = new Census(network.nodes());
    double sum = 0;
    int count = 0;
    for (SimNode node : network.nodes()) {
      if (node.isUp() && node.isServer() && node.isHonest()) {
        sum += census.known(node);
        count++;
      }
    }
    return count == 0 ? 1 : sum / count;
  }
}
