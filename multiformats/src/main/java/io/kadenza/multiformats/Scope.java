package io.kadenza.multiformats;

import java.util.List;
import java.util.Locale;

/// How far the host part of an address reaches (IANA special-purpose address registries).
enum Scope {
  WILDCARD,
  LOOPBACK,
  PRIVATE,
  PUBLIC;

  /// Ranges of IPv4 that are not globally reachable, multicast included.
  private static final List<Range> PRIVATE_IP4 =
      List.of(
          new Range("0.0.0.0", 8), // this network
          new Range("10.0.0.0", 8), // RFC 1918
          new Range("100.64.0.0", 10), // shared, carrier-grade NAT
          new Range("169.254.0.0", 16), // link-local
          new Range("172.16.0.0", 12), // RFC 1918
          new Range("192.0.0.0", 24), // IETF protocol assignments
          new Range("192.0.2.0", 24), // documentation
          new Range("192.88.99.0", 24), // 6to4 relays, deprecated
          new Range("192.168.0.0", 16), // RFC 1918
          new Range("198.18.0.0", 15), // benchmarking
          new Range("198.51.100.0", 24), // documentation
          new Range("203.0.113.0", 24), // documentation
          new Range("224.0.0.0", 3)); // multicast, reserved, broadcast

  /// Ranges inside 2000::/3, the only allocated global unicast space, that are not globally
  /// reachable.
  private static final List<Range> PRIVATE_IP6 =
      List.of(
          new Range("2001::", 23), // IETF protocol assignments, Teredo
          new Range("2001:db8::", 32), // documentation
          new Range("3fff::", 20)); // documentation

  private static final Range LOOPBACK_IP4 = new Range("127.0.0.0", 8);
  private static final Range LOOPBACK_IP6 = new Range("::1", 128);
  private static final Range WILDCARD_IP4 = new Range("0.0.0.0", 32);
  private static final Range WILDCARD_IP6 = new Range("::", 128);
  private static final Range GLOBAL_IP6 = new Range("2000::", 3);
  private static final Range NAT64 = new Range("64:ff9b::", 96);
  private static final Range SIX_TO_FOUR = new Range("2002::", 16);

  /// RFC 6761, 6762, 8375, 9476 and ICANN's `internal`.
  private static final List<String> SPECIAL_NAMES =
      List.of("local", "internal", "test", "example", "invalid", "alt", "home.arpa");

  /// The scope of the component that a cursor over `buf` stands on.
  static Scope of(byte[] buf, ComponentCursor host) {
    return switch (host.protocol()) {
      case IP4 -> ofIp4(buf, host.from());
      case IP6 -> ofIp6(buf, host.from());
      case DNS, DNS4, DNS6, DNSADDR -> ofName(host.value().utf8());
      case UNIX, MEMORY -> PRIVATE;
      default -> PUBLIC;
    };
  }

  private static Scope ofIp4(byte[] buf, int at) {
    if (WILDCARD_IP4.contains(buf, at)) {
      return WILDCARD;
    }
    if (LOOPBACK_IP4.contains(buf, at)) {
      return LOOPBACK;
    }
    return isIn(PRIVATE_IP4, buf, at) ? PRIVATE : PUBLIC;
  }

  /// Addresses that embed an IPv4 address reach as far as that one does.
  private static Scope ofIp6(byte[] buf, int at) {
    if (Ip6Value.isMapped(buf, at) || NAT64.contains(buf, at)) {
      return ofIp4(buf, at + 12);
    }
    if (SIX_TO_FOUR.contains(buf, at)) {
      return ofIp4(buf, at + 2) == PUBLIC ? PUBLIC : PRIVATE;
    }
    if (WILDCARD_IP6.contains(buf, at)) {
      return WILDCARD;
    }
    if (LOOPBACK_IP6.contains(buf, at)) {
      return LOOPBACK;
    }
    boolean global = GLOBAL_IP6.contains(buf, at) && !isIn(PRIVATE_IP6, buf, at);
    return global ? PUBLIC : PRIVATE;
  }

  private static boolean isIn(List<Range> ranges, byte[] buf, int at) {
    for (Range range : ranges) {
      if (range.contains(buf, at)) {
        return true;
      }
    }
    return false;
  }

  private static Scope ofName(String value) {
    String name = value.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (isUnder(name, "localhost")) {
      return LOOPBACK;
    }
    for (String special : SPECIAL_NAMES) {
      if (isUnder(name, special)) {
        return PRIVATE;
      }
    }
    return PUBLIC;
  }

  private static boolean isUnder(String name, String domain) {
    return name.equals(domain) || name.endsWith("." + domain);
  }

  /// The addresses that share the first `bits` bits with `base`.
  private static final class Range {
    private final byte[] base;
    private final int bits;

    Range(String base, int bits) {
      AddressValue family = base.indexOf(':') < 0 ? new Ip4Value() : new Ip6Value();
      this.base = family.toBytes(base);
      this.bits = bits;
    }

    boolean contains(byte[] buf, int at) {
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (buf[at + i] != base[i]) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || ((buf[at + whole] ^ base[whole]) & 0xff) >>> (8 - rest) == 0;
    }
  }
}
