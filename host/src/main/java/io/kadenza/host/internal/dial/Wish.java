package io.kadenza.host.internal.dial;

import io.kadenza.host.Peerstore;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/// How a peer is to be reached.
///
/// @param addresses in the order in which they were learned
/// @param insist whether to try addresses too that failed a moment ago, and all of them
/// @param willing whether an address may be dialled, names resolved
public record Wish(Set<Multiaddr> addresses, boolean insist, Predicate<Multiaddr> willing) {
  /// Is willing to dial whatever there is.
  public record Anywhere() implements Predicate<Multiaddr> {
    @Override
    public boolean test(Multiaddr address) {
      return true;
    }
  }

  /// A wish for the addresses that were named, then for those that are remembered.
  public static Wish of(
      PeerInfo named, Peerstore remembered, boolean insist, Predicate<Multiaddr> willing) {
    var all = new LinkedHashSet<>(named.addresses());
    all.addAll(remembered.addresses(named.id()));
    return new Wish(all, insist, willing);
  }

  public Wish {
    addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
  }

  /// The same by those addresses alone that have a name.
  Wish ofNames() {
    var names = new LinkedHashSet<>(addresses);
    names.removeIf(address -> !Resolver.isName(address));
    return new Wish(names, insist, willing);
  }

  /// Whether `other` would try nothing that this one does not, as far as can be told: whoever is
  /// willing to dial the same is to say so with an equal object.
  boolean includes(Wish other) {
    return addresses.containsAll(other.addresses)
        && (insist || !other.insist)
        && willing.equals(other.willing);
  }
}
