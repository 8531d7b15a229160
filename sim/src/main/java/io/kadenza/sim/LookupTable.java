package io.kadenza.sim;

import io.kadenza.sim.net.Conditions;
import io.kadenza.sim.report.OperationReport;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Kind;
import io.kadenza.sim.scenario.Profile;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioFile;
import io.kadenza.sim.scenario.Spelling;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What a walk costs, as a table in Markdown: each profile, with and without dead peers. All of
/// them connect alike, so that the algorithms are compared; and once more the way go-libp2p does.
public final class LookupTable {
  private static final List<String> DEAD = List.of("0", "0.2");

  private static final int OUR_DIAL = Conditions.DEFAULT.dialRoundTrips();

  /// Measured: `bench/run network --rtt 50 --scenarios stranger`.
  private static final int DIAL_OF_GO = 4;

  private final List<Integer> sizes;
  private final int lookups;
  private final long seed;

  /// @param sizes of the networks, in servers
  /// @param lookups how many in each run
  public LookupTable(List<Integer> sizes, int lookups, long seed) {
    this.sizes = List.copyOf(sizes);
    this.lookups = lookups;
    this.seed = seed;
  }

  /// Runs everything and hands out the table line by line.
  public void write(Consumer<String> out) {
    out.accept(
        "| nodes | dead | profile | p50 | p99 | requests | failed | dials | recall | exact |");
    out.accept("|---|---|---|---|---|---|---|---|---|---|");
    for (int size : sizes) {
      for (String dead : DEAD) {
        for (Profile profile : Profile.values()) {
          out.accept(line(size, dead, profile, OUR_DIAL, ""));
        }
        out.accept(line(size, dead, Profile.GO_LIKE, DIAL_OF_GO, ", and connects like go"));
      }
    }
  }

  /// The scenario that takes most memory.
  public Scenario largest() {
    return scenario(Collections.max(sizes), DEAD.getFirst(), Profile.DEFAULT, OUR_DIAL);
  }

  private String line(int size, String dead, Profile profile, int dialRoundTrips, String remark) {
    Scenario scenario = scenario(size, dead, profile, dialRoundTrips);
    SimulationReport report = Simulation.run(scenario.withSeed(seed));
    OperationReport one =
        report.of(Kind.LOOKUP).orElseThrow(() -> new IllegalStateException("no lookups"));
    return String.format(
        Locale.ROOT,
        "| %,d | %.0f %% | %s%s | %s | %s | %.1f | %.1f | %.1f | %s | %s |",
        size,
        100 * Double.parseDouble(dead),
        profile.spelling(),
        remark,
        Spelling.millis(one.latency().at(50)),
        Spelling.millis(one.latency().at(99)),
        one.requests().mean(),
        one.failed(),
        one.dials().mean(),
        Spelling.percent(one.recall()),
        Spelling.percent(one.exact()));
  }

  private Scenario scenario(int size, String dead, Profile profile, int dialRoundTrips) {
    return ScenarioFile.parse(
        "lookups",
        String.format(
            Locale.ROOT,
            """
            name: lookups
            nodes: %d
            duration: 1h
            profile: %s
            dead: %s
            engine: {upkeep: false, contacts: 256}
            network: {dial-round-trips: %d}
            workload: {lookups: %d}
            """,
            size,
            profile.spelling(),
            dead,
            dialRoundTrips,
            lookups));
  }
}
