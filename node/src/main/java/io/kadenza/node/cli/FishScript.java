package io.kadenza.node.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What fish is to know: a line for each command and option, of use only behind the commands above
/// it. For one thread.
final class FishScript {
  private final PrintStream out;

  FishScript(PrintStream out) {
    this.out = out;
  }

  /// Prints all of a program's.
  void print(CommandSpec program) {
    print(program, program, List.of());
  }

  private void print(CommandSpec program, CommandSpec command, List<String> above) {
    String condition = condition(program, command, above);
    if (command.subcommands().isEmpty() && !takesFiles(command)) {
      out.println("complete -c kad -f" + condition + words(words(command)));
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        out.println(
            "complete -c kad" + condition + names(option) + value(option) + described(option));
      }
    }
    command
        .subcommands()
        .forEach((name, sub) -> {
          String what = first(sub.getCommandSpec().usageMessage().description());
          out.println("complete -c kad -f" + condition + " -a " + name + " -d " + quoted(what));
          var path = new ArrayList<>(above);
          path.add(name);
          print(program, sub.getCommandSpec(), path);
        });
  }

  private static boolean takesFiles(CommandSpec command) {
    return command.positionalParameters().stream().anyMatch(Completable::isFile);
  }

  private static List<String> words(CommandSpec command) {
    return command.positionalParameters().stream()
        .flatMap(argument -> Completable.words(argument).stream())
        .toList();
  }

  /// Behind these commands, and before any further one.
  private static String condition(CommandSpec program, CommandSpec command, List<String> above) {
    var all = new ArrayList<String>();
    above.forEach(name -> all.add("__fish_seen_subcommand_from " + name));
    List<String> others = new ArrayList<>(command.subcommands().keySet());
    if (above.size() == 1) {
      others.addAll(groupsWith(program, above.getFirst()));
    }
    if (!others.isEmpty()) {
      all.add("not __fish_seen_subcommand_from " + String.join(" ", others));
    }
    return all.isEmpty() ? "" : " -n " + quoted(String.join("; and ", all));
  }

  /// Commands that have one of that name below them: `kad sim run` is not `kad run`.
  private static List<String> groupsWith(CommandSpec program, String name) {
    return program.subcommands().entrySet().stream()
        .filter(group -> group.getValue().getSubcommands().containsKey(name))
        .map(group -> group.getKey())
        .toList();
  }

  private static String names(OptionSpec option) {
    var names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    return names.toString();
  }

  private static String value(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    return Completable.isFile(option) ? " -r -F" : " -x" + words(Completable.words(option));
  }

  private static String words(List<String> words) {
    return words.isEmpty() ? "" : " -a " + quoted(String.join(" ", words));
  }

  private static String described(ArgSpec option) {
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
