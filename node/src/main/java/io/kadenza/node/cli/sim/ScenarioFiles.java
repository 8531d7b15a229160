package io.kadenza.node.cli.sim;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.Scenario;
import io.kadenza.sim.ScenarioException;
import io.kadenza.sim.ScenarioFile;
import io.kadenza.sim.check.Violation;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Scenario files as arguments, and what is said of those that fail.
final class ScenarioFiles {
  private ScenarioFiles() {}

  static Scenario read(Terminal terminal, String name) {
    try {
      return ScenarioFile.read(terminal.file(name));
    } catch (ScenarioException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw Failure.usage("there is no scenario " + name);
    } catch (IOException e) {
      throw Failure.usage("cannot read " + name + ": " + e.getMessage());
    }
  }

  /// Says what broke and how to see it again; returns the exit code.
  static int failed(Terminal terminal, Violation violation) {
    String.valueOf(violation.getMessage()).lines().forEach(terminal::warn);
    return Exit.INTERNAL.code();
  }
}
