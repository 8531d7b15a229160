package io.kadenza.host.internal;

import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.multiformats.Multiaddr;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is listened on, and the addresses under which that can be reached.
///
/// A socket bound to IPv6's wildcard takes IPv4 as well, as Java's do.
public final class ListenAddresses {
  private ListenAddresses() {}

  /// The addresses that sockets are to be bound to: what was asked for, without those that another
  /// one covers. People ask for both wildcards at one port, and two sockets would not fit there.
  static List<Multiaddr> toBind(List<Multiaddr> wanted) {
    return wanted.stream().filter(address -> !isCovered(address, wanted)).toList();
  }

  private static boolean isCovered(Multiaddr address, List<Multiaddr> wanted) {
    int port = address.tcpPort().orElse(0);
    return port != 0
        && isWildcard(address, Inet4Address.class)
        && wanted.stream()
            .anyMatch(other ->
                isWildcard(other, Inet6Address.class) && other.tcpPort().orElse(0) == port);
  }

  private static boolean isWildcard(Multiaddr address, Class<? extends InetAddress> family) {
    return address.ip().filter(ip -> family.isInstance(ip) && ip.isAnyLocalAddress()).isPresent();
  }

  /// The addresses under which a bound socket can be reached: itself, or, when it is bound to a
  /// wildcard, one for each of the machine's own addresses that it takes.
  static List<Multiaddr> of(InetSocketAddress bound, List<InetAddress> machine) {
    InetAddress ip = bound.getAddress();
    if (!ip.isAnyLocalAddress()) {
      return List.of(TcpTransport.multiaddr(bound));
    }
    boolean six = ip instanceof Inet6Address;
    List<Multiaddr> all = new ArrayList<>();
    for (InetAddress own : machine) {
      boolean usable = !own.isLinkLocalAddress();
      if (usable && (six || !(own instanceof Inet6Address))) {
        all.add(TcpTransport.multiaddr(new InetSocketAddress(own, bound.getPort())));
      }
    }
    return all;
  }

  /// The addresses that this machine has now: those of its oldest interfaces first, for what came
  /// later is for containers or services as a rule, and those of the loopback last.
  public static List<InetAddress> ofMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(NetworkInterface::inetAddresses)
          .sorted(Comparator.comparing(InetAddress::isLoopbackAddress))
          .toList();
    } catch (SocketException none) {
      return List.of();
    }
  }
}
