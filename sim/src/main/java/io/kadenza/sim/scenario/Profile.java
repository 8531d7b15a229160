package io.kadenza.sim.scenario;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.lookup.LookupConfig;

/// The settings of the engine's own knobs that come closest to an implementation. What they have no
/// knob for is missing, such as everybody's own upkeep: a difference between two profiles is
/// explained by the knobs alone.
public enum Profile {
  /// The engine as it comes.
  DEFAULT("default", 0),
  /// The engine as it comes, on eight disjoint paths.
  HARDENED("hardened", 0),
  /// α = 10, β = 3 and a follow-up to the rest of the k closest; slow peers hold the walk up; 20
  /// providers are enough.
  GO_LIKE("go-like", 20),
  /// α = 3, and all k closest must have answered; slow peers hold the walk up.
  RUST_LIKE("rust-like", 0),
  /// α = 10 on 10 disjoint paths, and all k closest must have answered; slow peers hold the walk
  /// up.
  JS_LIKE("js-like", 20);

  /// "S/Kademlia proposes 8".
  private static final int HARDENED_PATHS = 8;

  private static final int JS_PATHS = 10;

  private final String spelling;
  private final int providersWanted;

  Profile(String spelling, int providersWanted) {
    this.spelling = spelling;
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

  /// The engine's settings with the profile's own in place of those that it has an opinion on.
  public KadConfig of(KadConfig config) {
    LookupConfig lookup = config.lookup();
    return switch (this) {
      case DEFAULT -> config;
      case HARDENED -> config.withLookup(lookup.withPaths(HARDENED_PATHS));
      case GO_LIKE -> plain(config, plain(lookup).withAlpha(10).withBeta(3));
      case RUST_LIKE -> plain(config, plain(lookup).withAlpha(3).withBeta(20));
      case JS_LIKE -> plain(config, plain(lookup).withAlpha(10).withBeta(20).withPaths(JS_PATHS));
    };
  }

  private static KadConfig plain(KadConfig config, LookupConfig lookup) {
    return config.withRegion(0).withContactCache(0).withLookup(lookup);
  }

  private static LookupConfig plain(LookupConfig lookup) {
    return lookup.withPaths(1).withHedged(false).withEager(false);
  }

  /// How many providers end a search, 0 for none but the end of the walk.
  public int providersWanted() {
    return providersWanted;
  }
}
