package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kad completion`: teaches a shell the commands, their options, and what may stand behind these.
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script that lets a shell complete what is typed.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(kad completion bash)          and likewise in zsh",
      "  kad completion fish > ~/.config/fish/completions/kad.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  /// Those that a script can be had for.
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("bash", "zsh", "fish").iterator();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash, zsh or fish.")
  String shell = "";

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine kad = complete();
    switch (shell) {
      case "bash", "zsh" -> {
        Completable.typeFiles(kad);
        terminal.out().println(AutoComplete.bash("kad", kad));
      }
      case "fish" -> new FishScript(terminal.out()).print(kad.getCommandSpec());
      default -> throw Failure.usage("unknown shell; expected bash, zsh or fish");
    }
    return 0;
  }

  /// All commands but the hidden ones: this command line itself has read only the one it names.
  private CommandLine complete() {
    var factory = new CommandFactory(terminal);
    var kad = new CommandLine(new Kad(), factory);
    Commands.addTo(kad, factory);
    List.copyOf(kad.getSubcommands().entrySet()).stream()
        .filter(entry -> entry.getValue().getCommandSpec().usageMessage().hidden())
        .forEach(entry -> kad.getCommandSpec().removeSubcommand(entry.getKey()));
    return kad;
  }
}
