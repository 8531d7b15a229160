package io.kadenza.node.cli.sim;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.Simulation;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.report.HtmlReport;
import io.kadenza.sim.report.ReportFields;
import io.kadenza.sim.report.ReportText;
import io.kadenza.sim.report.SimulationReport;
import io.kadenza.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad sim run`: one scenario, once.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a scenario and prints what was measured.",
      "The same file and seed give the same traceHash on every machine."
    },
    footer = {
      "",
      "Examples:",
      "  kad sim run scenarios/tiny-100.yaml",
      "  kad sim run scenarios/tiny-100.yaml --seed 7 --json",
      "  kad sim run scenarios/tiny-100.yaml --report out    charts, in out/index.html",
      "",
      "Exit codes: 0 all held that is expected, 1 something did not, 2 no scenario,",
      "or too large."
    })
public final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "A scenario; see docs/simulation.md.")
  String file = "";

  @Option(names = "--seed", paramLabel = "N", description = "Instead of the file's seed.")
  @Nullable Long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(names = "--heap", description = "Measure how much heap a node takes, too.")
  boolean heap;

  @Option(names = "--report", paramLabel = "DIR", description = "Write DIR/index.html with charts.")
  @Nullable String report;

  public RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Scenario scenario = ScenarioFiles.read(terminal, file);
    Long wanted = seed;
    if (wanted != null) {
      scenario = scenario.withSeed(wanted);
    }
    ScenarioFiles.checkHeap(scenario);
    Path place = reportPlace();
    SimulationReport result;
    try (var progress = new ProgressBar(terminal)) {
      result = Simulation.run(scenario, file, List.of(), progress, heap);
    } catch (Violation violation) {
      return ScenarioFiles.failed(terminal, violation);
    }
    if (json) {
      JsonLine line = JsonLine.of("kad.sim/v1");
      ReportFields.of(result).forEach(line::with);
      terminal.say(line.toString());
    } else {
      ReportText.of(result).lines().forEach(terminal::say);
    }
    if (place != null) {
      try {
        terminal.warn("report: " + HtmlReport.write(place, result));
      } catch (IOException e) {
        throw Failure.file("cannot write the report into " + report, e);
      }
    }
    return Exit.OK.code();
  }

  /// Where the report is to go, null if none is wanted. It is made now: nobody wants to hear after
  /// a long run that it cannot be.
  private @Nullable Path reportPlace() {
    if (report == null) {
      return null;
    }
    Path place = terminal.file(report);
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw Failure.file("cannot write the report into " + report, e);
    }
    if (!Files.isWritable(place)) {
      throw Failure.usage("cannot write the report into " + report + " (no access)");
    }
    return place;
  }
}
