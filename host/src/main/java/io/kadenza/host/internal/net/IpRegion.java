package io.kadenza.host.internal.net;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/// The part of the Internet that an address belongs to: an IPv4 /16 or an IPv6 /32, about what one
/// owner can fill with as many peers as he likes. Whatever these say counts once, and what they
/// take counts together.
///
/// @param prefix as much of the address, in hexadecimal
public record IpRegion(String prefix) {
  /// Of addresses that have no IP address in them.
  static final IpRegion NONE = new IpRegion("");

  private static final int IPV4_BYTES = 2;
  private static final int IPV6_BYTES = 4;

  /// The region of an address, if it begins with a public IP address.
  public static Optional<IpRegion> ofPublic(Multiaddr address) {
    return address.isPrivate() ? Optional.empty() : address.ip().map(IpRegion::of);
  }

  static IpRegion of(InetAddress ip) {
    byte[] bytes = ip.getAddress();
    int size = bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES;
    return new IpRegion(HexFormat.of().formatHex(bytes, 0, size));
  }
}
