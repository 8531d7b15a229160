package io.kadenza.host.internal.reach;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The part of the Internet that an address belongs to: an IPv4 /16 or an IPv6 /32, about what one
/// owner can fill with as many peers as he likes. Whatever these say counts once.
record NetworkGroup(String prefix) {
  private static final int IPV4_BYTES = 2;
  private static final int IPV6_BYTES = 4;

  /// The group of an address, if it begins with a public IP address.
  static Optional<NetworkGroup> of(Multiaddr address) {
    return address.isPrivate() ? Optional.empty() : address.ip().map(NetworkGroup::of);
  }

  private static NetworkGroup of(InetAddress ip) {
    byte[] bytes = ip.getAddress();
    int size = bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES;
    return new NetworkGroup(HexFormat.of().formatHex(Arrays.copyOf(bytes, size)));
  }
}
