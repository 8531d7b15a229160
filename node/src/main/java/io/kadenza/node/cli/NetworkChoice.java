package io.kadenza.node.cli;

import io.kadenza.kad.Network;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.Failure;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which network a node belongs to.
final class NetworkChoice {
  /// Those that everybody knows.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Network.LOCAL, Network.AMINO, Network.LAN).map(Network::name).iterator();
    }
  }

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "local: any address, any value, for one's own experiments. amino: the public network of"
              + " IPFS. lan: what IPFS nodes keep in a local network. /PREFIX: an application's"
              + " network, such as /my-app; /my-app/lan is its local form (default: local).")
  String name = Network.LOCAL.name();

  /// The network that was named. One of an application's takes every value here, since this program
  /// does not know its namespaces.
  Network network() {
    if (name.equals(Network.LOCAL.name())) {
      return Network.LOCAL;
    }
    if (name.equals(Network.AMINO.name())) {
      return Network.AMINO;
    }
    if (name.equals(Network.LAN.name())) {
      return Network.LAN;
    }
    if (!name.startsWith("/")) {
      throw Failure.usage(
          "invalid --network "
              + MalformedException.quote(name)
              + ": expected local, amino, lan or a prefix like /my-app");
    }
    try {
      return Network.of(name).withValidators(Validators.open().with("ipns", new IpnsValidator()));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--network: " + e.getMessage());
    }
  }

  /// The network that was named, for a node that keeps its local form beside it.
  Network dual() {
    Network named = network();
    if (named.equals(Network.LOCAL) || named.equals(named.lan())) {
      throw Failure.usage(
          "--dual keeps a public network and its local form: give --network amino, or an"
              + " application's such as /my-app, not "
              + named.name());
    }
    return named;
  }
}
