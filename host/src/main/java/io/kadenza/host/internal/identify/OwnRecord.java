package io.kadenza.host.internal.identify;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.PeerRecord;
import io.kadenza.crypto.SignedEnvelope;
import io.kadenza.multiformats.Multiaddr;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// This host's addresses, and the peer record that says so under its signature. Written by one
/// thread at a time, read by any.
public final class OwnRecord {
  private final Identity identity;
  private volatile List<Multiaddr> addresses = List.of();
  private volatile SignedEnvelope sealed;
  private long sequence;

  public OwnRecord(Identity identity) {
    this.identity = identity;
    this.sealed = new PeerRecord(identity.peerId(), 0, addresses).seal(identity);
  }

  public List<Multiaddr> addresses() {
    return addresses;
  }

  public SignedEnvelope sealed() {
    return sealed;
  }

  /// Takes other addresses, under a number higher than any before, also of an earlier run. Of more
  /// than a record holds it takes those that reach farthest: the machines of clusters and of
  /// container hosts have hundreds.
  ///
  /// @return false if they are the ones there were
  public boolean update(List<Multiaddr> others) {
    List<Multiaddr> told =
        others.size() <= PeerRecord.MAX_ADDRESSES ? List.copyOf(others) : farthest(others);
    if (told.equals(addresses)) {
      return false;
    }
    addresses = told;
    sequence = Math.max(sequence + 1, Instant.now().toEpochMilli());
    sealed = new PeerRecord(identity.peerId(), sequence, addresses).seal(identity);
    return true;
  }

  private static List<Multiaddr> farthest(List<Multiaddr> others) {
    return others.stream()
        .sorted(Comparator.comparing(Multiaddr::isPrivate).thenComparing(Multiaddr::isLoopback))
        .limit(PeerRecord.MAX_ADDRESSES)
        .toList();
  }
}
