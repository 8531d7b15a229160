package io.kadenza.node.cli;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Reads `--bootstrap ADDR ADDR …`: the first argument in any case, further ones as long as they
/// look like addresses, so that a key may follow.
final class AddressList implements IParameterConsumer {
  private static final List<String> FAMILIES =
      List.of("/ip4/", "/ip6/", "/dns/", "/dns4/", "/dns6/", "/dnsaddr/");

  private static final String EXAMPLE = "/ip4/127.0.0.1/tcp/8000";

  @Override
  @SuppressWarnings("JdkObsolete") // Picocli hands the arguments over in a Stack.
  public void consumeParameters(Stack<String> args, ArgSpec argument, CommandSpec command) {
    List<Multiaddr> addresses = argument.getValue();
    List<Multiaddr> all = addresses == null ? new ArrayList<>() : new ArrayList<>(addresses);
    if (args.isEmpty() || args.peek().startsWith("-")) {
      throw new ParameterException(
          command.commandLine(), name(argument) + " needs an address, such as " + EXAMPLE);
    }
    for (String text : args.pop().split(",", -1)) {
      all.add(parse(text, argument, command));
    }
    while (!args.isEmpty() && FAMILIES.stream().anyMatch(args.peek()::startsWith)) {
      all.add(parse(args.pop(), argument, command));
    }
    argument.setValue(all);
  }

  private static Multiaddr parse(String text, ArgSpec argument, CommandSpec command) {
    try {
      return Multiaddr.parse(text);
    } catch (MalformedException e) {
      throw new ParameterException(
          command.commandLine(), name(argument) + ": " + e.getMessage(), e, argument, text);
    }
  }

  private static String name(ArgSpec argument) {
    return ((OptionSpec) argument).longestName();
  }

  /// The addresses in an environment variable, separated by commas.
  static List<Multiaddr> fromEnvironment(Map<String, String> environment, String name) {
    List<Multiaddr> addresses = new ArrayList<>();
    for (String text : environment.getOrDefault(name, "").split(",", -1)) {
      if (text.isBlank()) {
        continue;
      }
      try {
        addresses.add(Multiaddr.parse(text.strip()));
      } catch (MalformedException e) {
        throw Failure.usage("environment variable " + name + ": " + e.getMessage());
      }
    }
    return addresses;
  }
}
