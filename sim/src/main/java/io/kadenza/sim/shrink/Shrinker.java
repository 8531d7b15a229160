package io.kadenza.sim.shrink;

import io.kadenza.machine.Deadline;
import io.kadenza.sim.Progress;
import io.kadenza.sim.Simulation;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioException;
import io.kadenza.sim.scenario.ScenarioFile;
import io.kadenza.sim.shrink.ScenarioTree.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for a smaller scenario that breaks the same rule: leaves out one thing after another, and
/// keeps what still fails, until nothing more can go or the time is over.
public final class Shrinker {
  /// A smaller network is another network: with some luck the next seed shows the same.
  private static final int SEEDS = 2;

  private final Trial trial;
  private final Listener listener;
  private final Deadline deadline;
  private int tries;

  /// Runs a scenario; throws what a checker objects to.
  @FunctionalInterface
  public interface Trial {
    void run(Scenario scenario, Progress progress);
  }

  /// Is told how far the search is.
  @FunctionalInterface
  public interface Listener {
    /// @param tries how many runs there have been
    /// @param change what was tried
    void tried(int tries, String change, boolean fails);
  }

  /// The smallest case that was found.
  ///
  /// @param yaml a scenario file, the seed included
  /// @param violation what it breaks
  /// @param tries how many runs it took
  public record Result(String yaml, Violation violation, int tries) {}

  private record Case(ScenarioTree tree, long seed, Violation violation) {}

  private Shrinker(Trial trial, Duration limit, Listener listener) {
    this.trial = trial;
    this.listener = listener;
    this.deadline = Deadline.after(limit);
  }

  /// Shrinks a scenario; empty if it does not fail.
  ///
  /// @param file its name, for messages
  /// @param limit the time it may take, about
  public static Optional<Result> shrink(
      String file, String text, long seed, Duration limit, Listener listener) {
    return shrink(
        file,
        text,
        seed,
        limit,
        (scenario, progress) -> Simulation.run(scenario, file, List.of(), progress),
        listener);
  }

  static Optional<Result> shrink(
      String file, String text, long seed, Duration limit, Trial trial, Listener listener) {
    ScenarioFile.parse(file, text); // A mistake is the caller's.
    return new Shrinker(trial, limit, listener).shrink(ScenarioTree.of(text), seed);
  }

  private Optional<Result> shrink(ScenarioTree tree, long seed) {
    Case smallest;
    try {
      smallest = failing(tree, seed, null);
    } catch (Progress.Enough tooSoon) {
      return Optional.empty();
    }
    if (smallest == null) {
      return Optional.empty();
    }
    listener.tried(tries, "as it is", true);
    try {
      for (Case next = smaller(smallest); next != null; next = smaller(smallest)) {
        smallest = next;
      }
    } catch (Progress.Enough enough) {
      // What has been found is good.
    }
    ScenarioTree found = smallest.tree.with(Path.of("seed"), Long.toString(smallest.seed));
    return Optional.of(new Result(found.yaml(), smallest.violation, tries));
  }

  /// The first smaller case that still fails; null if there is none.
  private @Nullable Case smaller(Case known) {
    Iterator<Smaller> ways = Smaller.of(known.tree, known.violation.time()).iterator();
    while (ways.hasNext()) {
      Smaller way = ways.next();
      for (int i = 0; i < SEEDS; i++) {
        Case found = failing(way.tree(), known.seed + i, known.violation.rule());
        if (found != null) {
          listener.tried(tries, way.change(), true);
          return found;
        }
      }
      listener.tried(tries, way.change(), false);
    }
    return null;
  }

  /// Runs one case; null if it does not fail.
  ///
  /// @param rule which it is to break, if that matters
  private @Nullable Case failing(ScenarioTree tree, long seed, @Nullable String rule) {
    Scenario scenario;
    try {
      scenario = ScenarioFile.parse("smaller", tree.yaml()).withSeed(seed);
    } catch (ScenarioException notOne) {
      return null;
    }
    tries++;
    try {
      trial.run(scenario, this::goOn);
      return null;
    } catch (Violation violation) {
      boolean same = rule == null || rule.equals(violation.rule());
      return same ? new Case(tree, seed, violation) : null;
    }
  }

  private void goOn(Duration now, Duration end, long messages) {
    if (deadline.isOver()) {
      throw new Progress.Enough();
    }
  }
}
