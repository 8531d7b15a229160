package io.kadenza.host.internal.dial;

import io.kadenza.multiformats.Multiaddr;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/// The order in which a peer's addresses are tried: as happy eyeballs has it (RFC 8305), the
/// families take turns, IPv6 first; and addresses of this machine and its network go before public
/// ones, since they answer at once or not at all.
final class AddressOrder {
  private AddressOrder() {}

  static List<Multiaddr> of(List<Multiaddr> addresses) {
    List<Multiaddr> ordered = new ArrayList<>(addresses.size());
    ordered.addAll(alternate(addresses.stream().filter(Multiaddr::isLoopback).toList()));
    ordered.addAll(
        alternate(addresses.stream().filter(a -> !a.isLoopback() && a.isPrivate()).toList()));
    ordered.addAll(alternate(addresses.stream().filter(a -> !a.isPrivate()).toList()));
    return ordered;
  }

  private static List<Multiaddr> alternate(List<Multiaddr> addresses) {
    List<Multiaddr> six = addresses.stream().filter(AddressOrder::isIp6).toList();
    List<Multiaddr> four = addresses.stream().filter(a -> !isIp6(a)).toList();
    List<Multiaddr> turns = new ArrayList<>(addresses.size());
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      if (i < six.size()) {
        turns.add(six.get(i));
      }
      if (i < four.size()) {
        turns.add(four.get(i));
      }
    }
    return turns;
  }

  private static boolean isIp6(Multiaddr address) {
    return address.ip().orElse(null) instanceof Inet6Address;
  }
}
