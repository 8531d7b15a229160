package io.kadenza.node.cli;

import io.kadenza.node.cli.sim.SimCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// The commands by name, in the order of the help.
final class Commands {
  private Commands() {}

  private static Map<String, Class<?>> all() {
    var all = new LinkedHashMap<String, Class<?>>();
    all.put("demo", DemoCommand.class);
    all.put("run", RunCommand.class);
    all.put("put", PutCommand.class);
    all.put("get", GetCommand.class);
    all.put("provide", ProvideCommand.class);
    all.put("findprovs", FindProvidersCommand.class);
    all.put("findpeer", FindPeerCommand.class);
    all.put("closest", ClosestCommand.class);
    all.put("name", NameCommand.class);
    all.put("status", StatusCommand.class);
    all.put("table", TableCommand.class);
    all.put("records", RecordsCommand.class);
    all.put("ping", PingCommand.class);
    all.put("identify", IdentifyCommand.class);
    all.put("id", IdCommand.class);
    all.put("key", KeyCommand.class);
    all.put("sim", SimCommand.class);
    all.put("completion", CompletionCommand.class);
    all.put("interop-peer", InteropPeerCommand.class);
    all.put("warm-up", WarmUpCommand.class);
    return all;
  }

  /// Adds the commands that this command line can mean: the one that it names, for reading the
  /// annotations of all of them takes longer than most commands; else all.
  static void addTo(CommandLine line, IFactory factory, String... args) {
    Map<String, Class<?>> all = all();
    Class<?> named = args.length == 0 ? null : all.get(args[0]);
    if (named != null && named != WarmUpCommand.class) {
      add(line, factory, args[0], named);
    } else if (args.length != 1 || !args[0].equals("--version")) {
      all.forEach((name, command) -> add(line, factory, name, command));
    }
  }

  private static void add(CommandLine line, IFactory factory, String name, Class<?> command) {
    line.addSubcommand(name, new CommandLine(command, factory));
  }
}
