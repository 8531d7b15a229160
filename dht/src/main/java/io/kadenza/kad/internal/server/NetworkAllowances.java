package io.kadenza.kad.internal.server;

import io.kadenza.multiformats.Multiaddr;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// The allowances of networks, kept while they are not full: coming back with another peer id does
/// not refill them. Safe for use by any thread.
final class NetworkAllowances {
  /// How many are told apart. Beyond, those that are full are forgotten, which changes nothing; if
  /// there are none, newcomers share one.
  static final int MAX = 8_192;

  private static final int IPV4_BYTES = 3;
  private static final int IPV6_BYTES = 6;

  /// Keeps the two kinds of numbers apart: an IPv6 network's has 48 bits.
  private static final long IPV4 = 1L << 62;

  /// So long the search for full ones is not repeated.
  private static final long SEARCH_NANOS = 1_000_000_000L;

  private final Map<Long, Allowance> allowances = new HashMap<>();
  private final Allowance crowd;
  private long searchedAt;

  NetworkAllowances(long now) {
    this.crowd = new Allowance(now);
    this.searchedAt = now - SEARCH_NANOS;
  }

  synchronized Allowance of(long network, long now) {
    Allowance known = allowances.get(network);
    if (known != null) {
      return known;
    }
    if (allowances.size() >= MAX && now - searchedAt >= SEARCH_NANOS) {
      searchedAt = now;
      allowances.values().removeIf(allowance -> allowance.debt(now) == 0);
    }
    if (allowances.size() >= MAX) {
      return crowd;
    }
    var fresh = new Allowance(now);
    allowances.put(network, fresh);
    return fresh;
  }

  synchronized int size() {
    return allowances.size();
  }

  /// The number of the network that an address belongs to: its IPv4 /24 or IPv6 /48. Empty for
  /// private and loopback addresses, and for names.
  static OptionalLong network(Multiaddr address) {
    var ip = address.ip();
    if (ip.isEmpty() || address.isPrivate()) {
      return OptionalLong.empty();
    }
    byte[] bytes = ip.get().getAddress();
    boolean isIpv4 = bytes.length == 4;
    long number = 0;
    for (int i = 0; i < (isIpv4 ? IPV4_BYTES : IPV6_BYTES); i++) {
      number = (number << 8) | (bytes[i] & 0xff);
    }
    return OptionalLong.of(isIpv4 ? (IPV4 | number) : number);
  }
}
