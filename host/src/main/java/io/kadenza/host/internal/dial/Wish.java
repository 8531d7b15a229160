package io.kadenza.host.internal.dial;

import io.kadenza.multiformats.Multiaddr;
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
  public Wish {
    addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
  }
}
