package io.kadenza.host.internal.net;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/// Where connections come from, as far as they are counted together: an IPv4 address or an IPv6
/// /56, which is what one customer commonly holds.
///
/// @param prefix the address, or as much of it as counts, in hexadecimal; empty if there is none
/// @param region what it is a part of
/// @param isLoopback whether it is this machine
record RemoteNetwork(String prefix, IpRegion region, boolean isLoopback) {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 7;

  static RemoteNetwork of(Multiaddr remote) {
    Optional<InetAddress> ip = remote.ip();
    if (ip.isEmpty()) {
      return new RemoteNetwork("", IpRegion.NONE, false);
    }
    byte[] bytes = ip.get().getAddress();
    int counted = bytes.length == IPV4_BYTES ? IPV4_BYTES : IPV6_BYTES;
    String prefix = HexFormat.of().formatHex(bytes, 0, counted);
    return new RemoteNetwork(prefix, IpRegion.of(ip.get()), ip.get().isLoopbackAddress());
  }
}
