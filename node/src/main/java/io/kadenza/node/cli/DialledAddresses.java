package io.kadenza.node.cli;

import io.kadenza.host.Host;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Failure;
import java.util.Collection;

/// Addresses that a user names to be dialled.
final class DialledAddresses {
  private DialledAddresses() {}

  /// Refuses addresses none of which can be dialled, whatever the network does. One that can is
  /// enough: other programs print all of theirs.
  static void require(Collection<Multiaddr> addresses) {
    if (addresses.stream().noneMatch(Host::canDial)) {
      throw Failure.usage(
          "cannot dial "
              + String.join(", ", addresses.stream().map(Multiaddr::toString).toList())
              + ": expected a TCP address, such as /ip4/192.0.2.1/tcp/4001 or"
              + " /dns4/example.com/tcp/4001, or /dnsaddr/…");
    }
  }
}
