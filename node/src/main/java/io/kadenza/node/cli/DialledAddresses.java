package io.kadenza.node.cli;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.Protocol;
import io.kadenza.node.Failure;
import java.util.Collection;

/// Which addresses a user may name: TCP alone, with nothing on top.
final class DialledAddresses {
  private static final int HOST_AND_PORT = 2;

  private DialledAddresses() {}

  /// Refuses addresses none of which can be dialled, whatever the network does. One that can is
  /// enough: other programs print all of theirs.
  static void require(Collection<Multiaddr> addresses) {
    if (addresses.stream().noneMatch(DialledAddresses::canBeDialled)) {
      throw Failure.usage(
          "cannot dial "
              + String.join(", ", addresses.stream().map(Multiaddr::toString).toList())
              + ": expected a TCP address, such as /ip4/192.0.2.1/tcp/4001 or"
              + " /dns4/example.com/tcp/4001, or /dnsaddr/…");
    }
  }

  private static boolean canBeDialled(Multiaddr address) {
    var parts = address.withoutPeer().components();
    if (parts.isEmpty()) {
      return false; // a peer id alone
    }
    return switch (parts.getFirst().protocol()) {
      case DNSADDR -> true;
      case IP4, IP6, DNS, DNS4, DNS6 ->
          parts.size() == HOST_AND_PORT && parts.getLast().protocol() == Protocol.TCP;
      default -> false;
    };
  }
}
