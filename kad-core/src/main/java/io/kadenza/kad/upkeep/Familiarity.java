package io.kadenza.kad.upkeep;

/// How well we know the network: which share of the peers at which our walks end was known before
/// they began. Confined to the engine.
///
/// This is what asking all of them at once would have been good for. So whoever asks them at once
/// where it is enough asks a tenth of them in vain at most, on average, whatever others tell us.
public final class Familiarity {
  /// The least share at which a network is well known.
  private static final double ENOUGH = 0.9;

  /// What the last walk counts for, the one before it times the rest, and so on: some eighteen in a
  /// row that meet nobody new are enough to begin with.
  private static final double WEIGHT = 1.0 / 8;

  private double share;

  /// Takes in the end of a walk.
  ///
  /// @param foreseen which share of those it has found was known before
  public void observe(double foreseen) {
    share += WEIGHT * (foreseen - share);
  }

  /// Whether nearly everybody at whom a walk ends is known before it begins.
  public boolean isEnough() {
    return share >= ENOUGH;
  }
}
