package io.kadenza.host;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.util.List;

/// What happens to a host. The kinds may grow: a reader's switch keeps a default.
public sealed interface HostEvent {

  /// A connection is up and its peer's identity proven.
  record Connected(Connection connection) implements HostEvent {}

  /// A connection is gone.
  ///
  /// @param last whether it was the last one to that peer
  record Disconnected(Connection connection, boolean last) implements HostEvent {}

  /// A peer told who it is, for the first time or anew.
  record Identified(PeerId peer, Identification identification) implements HostEvent {}

  /// A peer's identification could not be had; it stays connected.
  record IdentifyFailed(PeerId peer, String why) implements HostEvent {}

  /// One address of a peer could not be dialled.
  record DialFailed(Multiaddr address, DialException why) implements HostEvent {}

  /// An inbound connection was turned away or failed before its peer was known.
  record InboundFailed(Multiaddr from, String why) implements HostEvent {}

  /// It is judged anew whether strangers can connect to the host.
  record ReachabilityChanged(Reachability now) implements HostEvent {}

  /// The addresses under which the host can be reached changed.
  record AddressesChanged(List<Multiaddr> addresses) implements HostEvent {}
}
