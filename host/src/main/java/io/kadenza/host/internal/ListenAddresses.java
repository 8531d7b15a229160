package io.kadenza.host.internal;

import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.multiformats.Multiaddr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// The addresses under which a bound socket can be reached: itself, or, when it is bound to the
/// wildcard, one for each of the machine's own addresses of that family.
public final class ListenAddresses {
  private ListenAddresses() {}

  public static List<Multiaddr> of(InetSocketAddress bound) {
    InetAddress ip = bound.getAddress();
    if (!ip.isAnyLocalAddress()) {
      return List.of(TcpTransport.multiaddr(bound));
    }
    boolean six = ip instanceof Inet6Address;
    List<Multiaddr> all = new ArrayList<>();
    for (InetAddress own : interfaceAddresses()) {
      boolean usable = !own.isLinkLocalAddress();
      if (usable && (six || !(own instanceof Inet6Address))) {
        all.add(TcpTransport.multiaddr(new InetSocketAddress(own, bound.getPort())));
      }
    }
    return all;
  }

  private static List<InetAddress> interfaceAddresses() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    } catch (SocketException none) {
      return List.of();
    }
  }
}
