package io.kadenza.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// A race as a command of the shell. It ends with 0 if the race is valid, 1 if it is void or did
/// not come to its end, and 2 if the options make no sense.
public final class RaceCommand {
  /// The race itself.
  @FunctionalInterface
  public interface Start<O> {
    /// @param log for what the programs that take part say
    /// @return whether the race is valid
    boolean race(O options, Path log) throws IOException, InterruptedException;
  }

  private RaceCommand() {}

  /// Runs the race that the arguments ask for, and exits.
  ///
  /// @param parse throws [IllegalArgumentException] with what to say of arguments without sense
  /// @param log the file's name, in the folder of what is built
  public static <O> void run(
      String usage, Function<String[], O> parse, String log, Start<O> start, String... arguments)
      throws IOException, InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(usage);
      return;
    }
    O options;
    try {
      options = parse.apply(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(usage);
      System.exit(2);
      return;
    }
    Path file = Programs.root().resolve("bench/target").resolve(log);
    Files.deleteIfExists(file);
    try {
      System.exit(start.race(options, file) ? 0 : 1);
    } catch (RaceException e) {
      System.err.println("bench: " + e.getMessage() + " (the programs' log is " + file + ")");
      System.exit(1);
    }
  }
}
