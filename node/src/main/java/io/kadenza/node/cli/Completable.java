package io.kadenza.node.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What a shell may offer in place of an argument.
final class Completable {
  /// How the help labels arguments that are files or directories.
  private static final Set<String> FILES = Set.of("FILE", "DIR", "FILE|-|NAME");

  private Completable() {}

  static boolean isFile(ArgSpec argument) {
    String label = argument.paramLabel();
    return FILES.contains(label) || (argument.isOption() && label.equals("PATH"));
  }

  /// The words of which an argument is one; none if there are no such words.
  static List<String> words(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  /// Gives files the type of files, in a command line that nobody is to run any more: picocli's
  /// script offers files for arguments of that type, and nothing for text. Our commands take the
  /// text, as a name is seen from a directory that picocli does not know.
  static void typeFiles(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    for (OptionSpec option : List.copyOf(command.options())) {
      if (isFile(option)) {
        command.remove(option);
        command.addOption(OptionSpec.builder(option.names()).type(Path.class).build());
      }
    }
    for (PositionalParamSpec positional : List.copyOf(command.positionalParameters())) {
      if (isFile(positional)) {
        command.remove(positional);
        command.addPositional(
            PositionalParamSpec.builder().index(positional.index()).type(Path.class).build());
      }
    }
    line.getSubcommands().values().forEach(Completable::typeFiles);
  }
}
