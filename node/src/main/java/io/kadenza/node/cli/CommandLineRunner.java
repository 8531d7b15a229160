package io.kadenza.node.cli;

import io.kadenza.crypto.KeyFileException;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.HostException;
import io.kadenza.host.ListenException;
import io.kadenza.host.StreamException;
import io.kadenza.kad.DhtException;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.FileLimit;
import io.kadenza.node.terminal.Terminal;
import io.kadenza.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line. Whatever goes wrong becomes one line on standard error and an exit code;
/// the stack trace is for `--verbose`, and no mistake on the command line has one.
public final class CommandLineRunner {
  private static final int WIDTH = 80;
  private static final String VERBOSE = "--verbose";

  /// What Java makes of an argument's bytes that are no text in the locale's encoding. Others would
  /// be stored, or looked for, in their place.
  private static final char BROKEN = '\uFFFD';

  private final Terminal terminal;

  public CommandLineRunner(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Runs the command and returns the exit code.
  public int run(String... words) {
    Optional<String> broken =
        Arrays.stream(words).filter(word -> word.indexOf(BROKEN) >= 0).findAny();
    if (broken.isPresent()) {
      terminal.warn(
          "kad: not text: "
              + MalformedException.quote(broken.get())
              + "; give the bytes of a key with --hex, those of a value with - or --file");
      return Exit.USAGE.code();
    }
    boolean help = words.length > 0 && words[0].equals("help");
    String[] args = help ? Arrays.copyOfRange(words, 1, words.length) : words;
    CommandLine line = build(args);
    int code = line.execute(help ? askingForHelp(line, args) : args);
    terminal.out().flush();
    terminal.err().flush();
    return delivered(code);
  }

  /// What follows `kad help`, which many programs understand, as a command line with `--help`; or
  /// up to a word that is no command, so that this is refused.
  private static String[] askingForHelp(CommandLine line, String... words) {
    var args = new ArrayList<String>();
    CommandLine command = line;
    for (String word : words) {
      if (!word.startsWith("-") && !command.getSubcommands().isEmpty()) {
        args.add(word);
        command = command.getSubcommands().get(word);
        if (command == null) {
          return args.toArray(String[]::new);
        }
      }
    }
    args.add("--help");
    return args.toArray(String[]::new);
  }

  /// The exit code, or another one if results went nowhere.
  private int delivered(int code) {
    Optional<IOException> loss = terminal.out().loss();
    loss.ifPresent(
        why -> terminal.warn("kad: cannot write the results (" + Failure.reason(why) + ")"));
    return loss.isPresent() && code == Exit.OK.code() ? Exit.USAGE.code() : code;
  }

  private CommandLine build(String... args) {
    var factory = new CommandFactory(terminal);
    var line = new CommandLine(new Kad(), factory);
    Commands.addTo(line, factory, args);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setUsageHelpWidth(WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    // A value or key that begins with '@' is what it is, and no file with further arguments.
    line.setExpandAtFiles(false);
    convert(line, Multiaddr.class, Multiaddr::parse);
    convert(line, PeerId.class, PeerId::parse);
    convert(line, Cid.class, Cid::parse);
    convert(line, KeyType.class, KeyType::parse);
    convert(line, Duration.class, Durations::parse);
    line.setParameterExceptionHandler((e, _) -> refuse(e));
    line.setExecutionExceptionHandler((e, command, parsed) ->
        fail(e, command.getCommandSpec(), parsed.originalArgs().toArray(String[]::new)));
    return line;
  }

  private static <T> void convert(CommandLine line, Class<T> type, Function<String, T> parser) {
    ITypeConverter<T> converter =
        text -> {
          try {
            return parser.apply(text);
          } catch (MalformedException e) {
            throw new TypeConversionException(e.getMessage());
          }
        };
    line.registerConverter(type, converter);
  }

  private int refuse(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? UnknownArguments.of(unmatched).message()
            : e.getMessage();
    terminal.warn("kad: " + message + " (see " + command + " --help)");
    return Exit.USAGE.code();
  }

  private int fail(Exception thrown, CommandSpec command, String[] args) {
    Exception e = FileLimit.isReached(thrown) ? FileLimit.failure(thrown) : thrown;
    Exit exit = exit(e);
    if (exit == Exit.INTERRUPTED) {
      return exit.code();
    }
    if (exit != Exit.INTERNAL) {
      terminal.warn("kad: " + e.getMessage());
      if (exit != Exit.USAGE || e.getCause() != null) {
        trace(e, args);
      }
    } else if (command.findOption(VERBOSE) == null) {
      terminal.warn("kad: internal fault: " + e + "; report the trace");
      e.printStackTrace(terminal.err());
    } else {
      terminal.warn(
          "kad: internal fault: " + e + "; run it again with --verbose and report the trace");
      trace(e, args);
    }
    return exit.code();
  }

  private static Exit exit(Exception e) {
    return switch (e) {
      case Failure failure -> failure.exit();
      case KeyFileException _, MalformedException _, ListenException _, StoreException _ ->
          Exit.USAGE;
      case StreamException stream when stream.reason() == StreamException.Reason.TIMEOUT ->
          Exit.TIMEOUT;
      case HostException _ -> Exit.NO_PEER;
      case DhtException _ -> Exit.INTERRUPTED;
      case InterruptedException _ -> Exit.INTERRUPTED;
      default -> Exit.INTERNAL;
    };
  }

  private void trace(Exception e, String[] args) {
    if (Arrays.asList(args).contains(VERBOSE) || Arrays.asList(args).contains("-v")) {
      e.printStackTrace(terminal.err());
    }
  }
}
