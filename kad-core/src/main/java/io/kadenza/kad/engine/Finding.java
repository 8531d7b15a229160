package io.kadenza.kad.engine;

import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.PeerInfo;

/// A partial result of an operation that still runs.
public sealed interface Finding {
  /// A provider not reported before in this operation, at the addresses that whoever named it first
  /// gave. The outcome has those of all.
  record ProviderFound(PeerInfo provider) implements Finding {}

  /// A valid value came in.
  ///
  /// @param best whether it is the best so far
  record ValueSeen(Record record, PeerInfo from, boolean best) implements Finding {}

  /// Somebody knows where the peer that is looked for is.
  record PeerSeen(PeerInfo peer, PeerInfo from) implements Finding {}

  /// How far a bootstrap is.
  ///
  /// @param contacted peers that have answered so far
  /// @param remaining steps of the bootstrap still to do
  record BootstrapStep(int contacted, int remaining) implements Finding {}
}
