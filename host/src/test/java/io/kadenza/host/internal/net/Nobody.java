package io.kadenza.host.internal.net;

import io.kadenza.multiformats.Multiaddr;

/// Owns connections and wants none.
final class Nobody implements ConnectionOwner {
  @Override
  public boolean opened(MuxedConnection connection) {
    return false;
  }

  @Override
  public void closed(MuxedConnection connection) {}

  @Override
  public void inboundFailed(Multiaddr from, String why) {}
}
