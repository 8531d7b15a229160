package io.kadenza.kad.lookup;

import io.kadenza.kad.key.Contact;

/// How soon peers can be expected to answer.
@FunctionalInterface
public interface Promptness {
  /// The monotonic nanos from when on a peer that is asked now will be slow.
  long slowAt(Contact peer);

  /// Whether a peer has kept silent when it was asked a moment ago, so that nobody is to count on
  /// it.
  default boolean isSilent(Contact peer) {
    return false;
  }
}
