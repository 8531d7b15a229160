package io.kadenza.node.cli.sim;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.shrink.Shrinker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad sim shrink`: a small scenario that fails as a large one does.
@Command(
    name = "shrink",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a scenario that fails smaller.",
      "Leaves out whatever it fails without: nodes, time, operations, faults. Writes what"
          + " remains as a scenario, and prints the command that runs it."
    },
    footer = {
      "",
      "Example:",
      "  kad sim shrink bad.yaml --seed 7 --limit 5m",
      "",
      "Exit codes: 0 made smaller, 2 no scenario, 3 it does not fail in that time."
    })
public final class ShrinkCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE", description = "A scenario that fails.")
  String file = "";

  @Option(names = "--seed", paramLabel = "N", description = "Instead of the file's seed.")
  @Nullable Long seed;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      description = "What it may take, such as 30s (default: ${DEFAULT-VALUE}).",
      defaultValue = "5m")
  Duration limit = Duration.ZERO;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The new scenario; NAME-small.yaml if nothing is said. Must not exist.")
  @Nullable String out;

  public ShrinkCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Scenario scenario = ScenarioFiles.read(terminal, file);
    ScenarioFiles.checkHeap(scenario);
    String name = out == null ? scenario.name() + "-small.yaml" : out;
    Path target = terminal.file(name);
    if (Files.exists(target)) {
      throw Failure.usage(name + " exists already; name another file with --out");
    }
    Optional<Shrinker.Result> found =
        Shrinker.shrink(
            file,
            text(),
            seed == null ? scenario.seed() : seed,
            limit,
            (tries, change, fails) ->
                terminal.warn("run " + tries + ": " + change + (fails ? ": fails" : ": does not")));
    if (found.isEmpty()) {
      terminal.warn("the scenario does not fail in " + limit.toSeconds() + " s");
      return Exit.NOT_FOUND.code();
    }
    String.valueOf(found.get().violation().getMessage()).lines().forEach(terminal::warn);
    write(target, name, found.get().yaml());
    terminal.say("kad sim run " + name);
    return Exit.OK.code();
  }

  private String text() {
    try {
      return Files.readString(terminal.file(file));
    } catch (IOException e) {
      throw Failure.file("cannot read " + file, e);
    }
  }

  private static void write(Path target, String name, String yaml) {
    try {
      Files.writeString(target, yaml, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw Failure.usage(name + " exists already; name another file with --out");
    } catch (IOException e) {
      throw Failure.file("cannot write " + name, e);
    }
  }
}
