package io.kadenza.node.cli;

import io.kadenza.multiformats.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a command was given and has no use for. Of several only the first is believed to be a
/// mistake of its kind: behind an unknown option stands what was to be its value.
///
/// @param typed at least one, as they were typed
record UnknownArguments(CommandSpec command, List<String> typed) {
  static UnknownArguments of(UnmatchedArgumentException e) {
    return new UnknownArguments(e.getCommandLine().getCommandSpec(), e.getUnmatched());
  }

  /// Says what is wrong and, if that can be guessed, what was meant.
  String message() {
    String first = typed.getFirst();
    if (first.length() > 1 && first.startsWith("-")) {
      return "unknown option " + MalformedException.quote(first) + guess(first, options());
    }
    List<String> commands = subcommands();
    if (!commands.isEmpty()) {
      return "no such command: " + MalformedException.quote(first) + guess(first, commands);
    }
    return "too many arguments: "
        + typed.stream().map(MalformedException::quote).collect(Collectors.joining(" "));
  }

  /// Picocli's own suggestions miss letters that have changed places.
  private static String guess(String typed, List<String> words) {
    List<String> meant = NearMiss.of(typed, words);
    return meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?";
  }

  private List<String> options() {
    var names = new ArrayList<String>();
    command.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }

  private List<String> subcommands() {
    return command.subcommands().entrySet().stream()
        .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
        .map(sub -> sub.getKey())
        .toList();
  }
}
