package io.kadenza.node;

import io.kadenza.multiformats.Multiaddr;

/// A bootstrap address, and where it was read.
///
/// @param origin for people, such as `line 1 of server_node_addr.txt`; empty where the user has
///   just named the address, or takes the network's
public record Seed(Multiaddr address, String origin) {
  public Seed(Multiaddr address) {
    this(address, "");
  }

  @Override
  public String toString() {
    return origin.isEmpty() ? address.toString() : address + " (" + origin + ")";
  }
}
