package io.kadenza.host.internal.net;

import io.kadenza.multiformats.Multiaddr;

/// Whoever is told of a connection's life: the host. Called in the connection's event loop.
public interface ConnectionOwner {

  /// A connection's peer is authenticated and its streams can be opened.
  ///
  /// @return false to have it closed at once
  boolean opened(MuxedConnection connection);

  /// A connection that was opened is gone; also told, once, of one that was not wanted.
  void closed(MuxedConnection connection);

  /// An inbound connection ended before its peer was known.
  void inboundFailed(Multiaddr from, String why);
}
