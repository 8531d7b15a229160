package io.kadenza.node.cli;

import io.kadenza.node.demo.Demo;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `kad warm-up`: touches everything that other commands load, for the launcher's class cache.
@Command(name = "warm-up", hidden = true, description = "Loads what other commands will need.")
final class WarmUpCommand implements Callable<Integer> {
  private static final int NODES = 4;

  private final Terminal terminal;

  @Spec CommandSpec spec = CommandSpec.create();

  WarmUpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    for (CommandLine command : List.copyOf(spec.parent().subcommands().values())) {
      terminal.say(command.getUsageMessage());
    }
    terminal.say(JsonLine.of("kad.warm-up/v1").with("nodes", NODES).toString());
    new CommandLineRunner(terminal).run("id");
    return new Demo(terminal, NODES).run().code();
  }
}
