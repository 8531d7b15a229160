package io.kadenza.node.cli.sim;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.Comparison;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.scenario.Scenario;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad sim compare`: two scenarios on the same seeds.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Runs two scenarios on the same seeds, side by side.",
      "With the interval in which each mean lies; a star marks what is more than chance."
    },
    footer = {
      "",
      "Example:",
      "  kad sim compare scenarios/sybil-20.yaml scenarios/sybil-20-regional.yaml",
      "",
      "Exit codes: 0 compared, 1 a run failed, 2 no scenario."
    })
public final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "A scenario.")
  String first = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "Another.")
  String second = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The first seed (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many, up to 1000; one says nothing of chance (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  int seeds;

  @Option(names = "--json", description = "Print one JSON object for each figure.")
  boolean json;

  public CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (seeds < 1 || seeds > 1_000) {
      throw Failure.usage("--seeds is a number from 1 to 1000, not " + seeds);
    }
    Comparison.Side a = side(first);
    Comparison.Side b = side(second);
    Comparison comparison;
    try (var progress = new ProgressBar(terminal)) {
      comparison = Comparison.run(a, b, seed, seeds, progress);
    } catch (Violation violation) {
      return ScenarioFiles.failed(terminal, violation);
    }
    if (json) {
      for (Comparison.Row row : comparison.rows()) {
        terminal.say(
            JsonLine.of("kad.sim.compare/v1")
                .with("figure", row.name())
                .with("a", row.meanA())
                .with("a_spread", row.spreadA())
                .with("b", row.meanB())
                .with("b_spread", row.spreadB())
                .with("differs", row.differs())
                .toString());
      }
    } else {
      comparison.toString().lines().forEach(terminal::say);
    }
    return Exit.OK.code();
  }

  private Comparison.Side side(String file) {
    Scenario scenario = ScenarioFiles.read(terminal, file);
    ScenarioFiles.checkHeap(scenario);
    return new Comparison.Side(scenario, file);
  }
}
