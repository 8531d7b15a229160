package io.kadenza.node.terminal;

import io.kadenza.multiformats.MalformedException;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command reads and writes: handed in, so that tests bring their own.
///
/// @param out for results, and for nothing else
/// @param err for progress, warnings and errors
/// @param in standard input
/// @param environment the environment variables
/// @param directory the working directory, against which file names are resolved
/// @param outIsTty whether a person reads `out`
/// @param errIsTty whether a person reads `err`
public record Terminal(
    ResultStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    Path directory,
    boolean outIsTty,
    boolean errIsTty) {

  /// Where the launcher says which of the standard streams are terminals: `12`, `1`, `2` or `-`. It
  /// asks the shell, because Java tells only whether all of them are.
  private static final String TTY_PROPERTY = "kad.tty";

  /// The process's own streams, always in UTF-8.
  public static Terminal system() {
    String told = System.getProperty(TTY_PROPERTY);
    String ttys = told == null ? guess() : told;
    return new Terminal(
        new ResultStream(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.in,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        ttys.contains("1"),
        ttys.contains("2"));
  }

  private static String guess() {
    boolean all = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return all ? "12" : "-";
  }

  /// Colours for what goes to `out`.
  public Palette palette() {
    return Palette.of(outIsTty, environment);
  }

  /// Colours for what goes to `err`.
  public Palette errPalette() {
    return Palette.of(errIsTty, environment);
  }

  /// Writes one line to `out` with everything escaped that could steer a terminal.
  public void say(String line) {
    out.println(Escaped.line(line));
  }

  /// Writes one line to `err`, escaped likewise.
  public void warn(String line) {
    err.println(Escaped.line(line));
  }

  /// The file of that name, seen from the working directory.
  ///
  /// @throws MalformedException if the name is empty, as that of a variable is that was never set:
  ///   it would stand for the working directory itself
  public Path file(String name) {
    if (name.isEmpty()) {
      throw new MalformedException("the name of a file or directory is empty");
    }
    return directory.resolve(name);
  }
}
