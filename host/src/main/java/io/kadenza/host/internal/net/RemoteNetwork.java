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
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 7;

  /// In hexadecimal digits: an IPv4 /16 or an IPv6 /32.
  private static final int IPV4_REGION = 4;

  private static final int IPV6_REGION = 8;

  static RemoteNetwork of(Multiaddr remote) {
    Optional<InetAddress> ip = remote.ip();
    if (ip.isEmpty()) {
      return new RemoteNetwork("", false);
    }
    byte[] bytes = ip.get().getAddress();
    int counted = bytes.length == IPV4_BYTES ? IPV4_BYTES : IPV6_BYTES;
    return new RemoteNetwork(
        HexFormat.of().formatHex(bytes, 0, counted), ip.get().isLoopbackAddress());
  }

  /// What one owner can fill with as many networks as he likes, about: an IPv4 /16 or an IPv6 /32.
  String region() {
    int digits = prefix.length() == 2 * IPV4_BYTES ? IPV4_REGION : IPV6_REGION;
    return prefix.substring(0, Math.min(digits, prefix.length()));
  }
}
