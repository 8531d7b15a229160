package io.kadenza.host.internal.net;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/// Where connections come from, as far as they are counted together: an IPv4 address or an IPv6
/// /56, which is what one customer commonly holds.
///
/// @param prefix the address, or as much of it as counts, in hexadecimal; empty if there is none
/// @param isLoopback whether it is this machine
record RemoteNetwork(String prefix, boolean isLoopback) {
  private static final int IPV6_BYTES = 7;

  static RemoteNetwork of(Multiaddr remote) {
    Optional<InetAddress> ip = remote.ip();
    if (ip.isEmpty()) {
      return new RemoteNetwork("", false);
    }
    byte[] bytes = ip.get().getAddress();
    int counted = bytes.length == 4 ? 4 : IPV6_BYTES;
    return new RemoteNetwork(
        HexFormat.of().formatHex(bytes, 0, counted), ip.get().isLoopbackAddress());
  }
}
