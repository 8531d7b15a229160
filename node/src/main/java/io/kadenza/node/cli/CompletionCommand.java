package io.kadenza.node.cli;

import io.kadenza.node.Failure;
import io.kadenza.node.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kad completion`: teaches a shell the commands and their options.
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script that lets a shell complete commands and options.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(kad completion bash)                    bash, and zsh after bashcompinit",
      "  kad completion fish > ~/.config/fish/completions/kad.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
  String shell = "";

  @Spec CommandSpec spec = CommandSpec.create();

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine kad = complete();
    switch (shell) {
      case "bash", "zsh" -> terminal.out().println(AutoComplete.bash("kad", kad));
      case "fish" -> fish(kad.getCommandSpec(), List.of());
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

  /// One line for each command and option, of use only behind the commands above it.
  private void fish(CommandSpec command, List<String> above) {
    String condition = condition(command, above);
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        terminal.out().println("complete -c kad" + condition + names(option) + described(option));
      }
    }
    command
        .subcommands()
        .forEach((name, sub) -> {
          String what = first(sub.getCommandSpec().usageMessage().description());
          terminal
              .out()
              .println("complete -c kad -f" + condition + " -a " + name + " -d " + quoted(what));
          var path = new ArrayList<>(above);
          path.add(name);
          fish(sub.getCommandSpec(), path);
        });
  }

  private static String condition(CommandSpec command, List<String> above) {
    var all = new StringBuilder();
    for (String name : above) {
      all.append(all.isEmpty() ? "" : "; and ").append("__fish_seen_subcommand_from ").append(name);
    }
    if (!command.subcommands().isEmpty()) {
      String none =
          "not __fish_seen_subcommand_from " + String.join(" ", command.subcommands().keySet());
      all.append(all.isEmpty() ? "" : "; and ").append(none);
    }
    return all.isEmpty() ? "" : " -n " + quoted(all.toString());
  }

  private static String names(OptionSpec option) {
    var names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    return names + (option.arity().max() > 0 ? " -r" : "");
  }

  private static String described(OptionSpec option) {
    return " -d " + quoted(first(option.description()));
  }

  private static String first(String[] description) {
    String all = String.join(" ", description).replace("${DEFAULT-VALUE}", "").replace("%n", " ");
    int end = all.indexOf(". ");
    return end < 0 ? all : all.substring(0, end);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
