package io.kadenza.node.cli.sim;

import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.Scenario;
import io.kadenza.sim.ScenarioException;
import io.kadenza.sim.ScenarioFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Scenario files as arguments.
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
}
