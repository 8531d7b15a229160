package io.kadenza.sim;

import io.kadenza.kad.lookup.LookupConfig;

/// The settings of the engine's own knobs that come closest to an implementation. What they have no
/// knob for is missing: js-libp2p's disjoint paths, go-libp2p's address filters, everybody's own
/// upkeep. A difference between two profiles is explained by the walk alone.
public enum Profile {
  /// Our own.
  DEFAULT("default", LookupConfig.DEFAULT.alpha(), LookupConfig.DEFAULT.beta(), 0),
  /// α = 10, β = 3 and a follow-up to the rest of the k closest; 20 providers are enough.
  GO_LIKE("go-like", 10, 3, 20),
  /// α = 3, and all k closest must have answered.
  RUST_LIKE("rust-like", 3, 20, 0),
  /// α = 10, and all k closest must have answered.
  JS_LIKE("js-like", 10, 20, 20);

  private final String spelling;
  private final int alpha;
  private final int beta;
  private final int providersWanted;

  Profile(String spelling, int alpha, int beta, int providersWanted) {
    this.spelling = spelling;
    this.alpha = alpha;
    this.beta = beta;
    this.providersWanted = providersWanted;
  }

  /// The profile that a scenario file names so.
  static Profile named(String spelling) {
    for (Profile profile : values()) {
      if (profile.spelling.equals(spelling)) {
        return profile;
      }
    }
    throw new IllegalArgumentException("no profile is called " + spelling);
  }

  /// How a scenario file names it.
  public String spelling() {
    return spelling;
  }

  public LookupConfig lookup() {
    return LookupConfig.DEFAULT.withAlpha(alpha).withBeta(beta);
  }

  /// How many providers end a search, 0 for none but the end of the walk.
  public int providersWanted() {
    return providersWanted;
  }
}
