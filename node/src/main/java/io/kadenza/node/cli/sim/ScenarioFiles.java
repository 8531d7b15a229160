package io.kadenza.node.cli.sim;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.sim.HeapNeed;
import io.kadenza.sim.check.Violation;
import io.kadenza.sim.scenario.Scenario;
import io.kadenza.sim.scenario.ScenarioException;
import io.kadenza.sim.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// Scenario files as arguments, and what is said of those that fail.
final class ScenarioFiles {
  private static final long MEBI = 1 << 20;

  private ScenarioFiles() {}

  static Scenario read(Terminal terminal, String name) {
    try {
      return ScenarioFile.read(terminal.file(name));
    } catch (ScenarioException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw Failure.usage("there is no scenario " + name);
    } catch (IOException e) {
      throw Failure.file("cannot read " + name, e);
    }
  }

  /// Better no start than an end after minutes, without memory.
  static void checkHeap(Scenario scenario) {
    long need = HeapNeed.bytes(scenario) / MEBI;
    long most = Runtime.getRuntime().maxMemory() / MEBI;
    if (need > most) {
      throw Failure.usage(
          String.format(
              Locale.ROOT,
              "%s takes about %,d MiB of heap and the JVM may use %,d: run it with"
                  + " KAD_JAVA_OPTS=-Xmx%dm",
              scenario.name(),
              need,
              most,
              need + need / 4));
    }
  }

  /// Says what broke and how to see it again; returns the exit code.
  static int failed(Terminal terminal, Violation violation) {
    String.valueOf(violation.getMessage()).lines().forEach(terminal::warn);
    return Exit.INTERNAL.code();
  }
}
