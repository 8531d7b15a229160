package io.kadenza.node.cli;

import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.AddressFile;
import io.kadenza.node.Seed;
import io.kadenza.node.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Where the network is.
final class BootstrapOptions {
  static final List<String> VARIABLES = List.of("BOOTSTRAP_PEERS", "REMOTE_PEERS");

  @Option(
      names = "--bootstrap",
      paramLabel = "ADDR",
      arity = "1..*",
      parameterConsumer = AddressList.class,
      description =
          "Peers to join by, such as /ip4/127.0.0.1/tcp/8000/p2p/16Uiu2…; several after one"
              + " another, or the option repeated. BOOTSTRAP_PEERS and REMOTE_PEERS (comma lists) are"
              + " read too.")
  List<Multiaddr> bootstrap = new ArrayList<>();

  @Option(
      names = "--addr-file",
      paramLabel = "FILE",
      description =
          "Where a server writes its address, and who has no other bootstrap address"
              + " looks for one (default: ${DEFAULT-VALUE}).")
  String addressFile = AddressFile.DEFAULT_NAME;

  AddressFile addressFile(Terminal terminal) {
    return new AddressFile(terminal.file(addressFile));
  }

  /// What the command line and the environment name; if they name nobody, the peers by which
  /// everybody enters that network.
  ///
  /// @throws Failure if the command line names nobody whom this program could dial, and the
  ///   environment does not either
  List<Seed> named(Map<String, String> environment, Network network) {
    var all = new LinkedHashMap<Multiaddr, Seed>();
    bootstrap.forEach(address -> all.putIfAbsent(address, new Seed(address)));
    for (String name : VARIABLES) {
      AddressList.fromEnvironment(environment, name)
          .forEach(address -> all.putIfAbsent(address, new Seed(address, "from " + name)));
    }
    if (!bootstrap.isEmpty()) {
      DialledAddresses.require(all.keySet());
    }
    return all.isEmpty()
        ? network.bootstrap().stream().map(Seed::new).toList()
        : List.copyOf(all.values());
  }
}
