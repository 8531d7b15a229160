package io.kadenza.node.cli.sim;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.LookupTable;
import io.kadenza.sim.SecurityTable;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad sim table`: the tables of the documentation, made anew.
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a table of the documentation, in Markdown.",
      "Line by line; takes minutes."
    },
    footer = {
      "",
      "Examples:",
      "  kad sim table security",
      "  kad sim table lookup --nodes 100,1000"
    })
public final class TableCommand implements Callable<Integer> {
  private final Terminal terminal;

  /// What there are tables of.
  static final class Tables implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("security", "lookup").iterator();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "WHICH",
      completionCandidates = Tables.class,
      description = "security (docs/security-measured.md) or lookup (docs/simulation.md).")
  String which = "";

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Servers (default: 1000; for the lookup table 1000,10000).",
      split = ",")
  List<Integer> nodes = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The first (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many, for the security table (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  int seeds;

  @Option(
      names = "--lookups",
      paramLabel = "N",
      description = "How many in each run, for the lookup table (default: ${DEFAULT-VALUE}).",
      defaultValue = "1000")
  int lookups;

  public TableCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (seeds < 1 || lookups < 1 || nodes.stream().anyMatch(size -> size < 100)) {
      throw Failure.usage("--seeds and --lookups are at least 1, --nodes at least 100");
    }
    switch (which) {
      case "security" -> {
        var table = new SecurityTable(nodes.isEmpty() ? 1_000 : nodes.getFirst(), seed, seeds);
        check(table::largest);
        table.write(terminal::say);
      }
      case "lookup" -> {
        List<Integer> sizes = nodes.isEmpty() ? List.of(1_000, 10_000) : nodes;
        var table = new LookupTable(sizes, lookups, seed);
        check(table::largest);
        table.write(terminal::say);
      }
      default -> throw Failure.usage("the tables are security and lookup, not " + which);
    }
    return Exit.OK.code();
  }

  private static void check(Supplier<Scenario> largest) {
    try {
      ScenarioFiles.checkHeap(largest.get());
    } catch (ScenarioException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
