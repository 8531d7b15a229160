package io.kadenza.kad.lookup;

/// Why a walk ended.
public enum Termination {
  /// The closest peers there are have answered.
  COMPLETED,
  /// Everybody heard of was asked, and they were fewer than asked for: normal in a small network.
  /// Who has been silent for too long may not have answered.
  STARVED,
  /// The question was answered before the walk was over.
  STOPPED,
  /// The asker gave up.
  CANCELLED,
  /// The time allowed was over.
  TIMED_OUT,
  /// There was nobody to ask to begin with.
  NO_PEERS
}
