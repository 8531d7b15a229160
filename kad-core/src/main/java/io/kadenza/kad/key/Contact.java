package io.kadenza.kad.key;

import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// A peer as the keyspace sees it: who it is, where its id lives, and its addresses. Immutable and
/// shared: one contact serves the table, its snapshots, the lookups and the replies at once.
public final class Contact {
  private final PeerInfo info;
  private final KadKey key;

  private Contact(PeerInfo info, KadKey key) {
    this.info = info;
    this.key = key;
  }

  public static Contact of(PeerInfo info) {
    return new Contact(info, KadKey.of(info.id()));
  }

  /// A peer without known addresses.
  public static Contact of(PeerId id) {
    return of(new PeerInfo(id, List.of()));
  }

  /// The same peer at other addresses.
  public Contact at(PeerInfo elsewhere) {
    if (!elsewhere.id().equals(info.id())) {
      throw new IllegalArgumentException(elsewhere.id() + " is not " + info.id());
    }
    return new Contact(elsewhere, key);
  }

  public PeerId id() {
    return info.id();
  }

  public KadKey key() {
    return key;
  }

  public PeerInfo info() {
    return info;
  }

  /// By peer: addresses come and go.
  @Override
  public boolean equals(Object o) {
    return o == this || (o instanceof Contact other && key.equals(other.key));
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return info.id().shortName() + "@" + key.toString().substring(0, 8);
  }
}
