package io.kadenza.sim.net;

/// Where nodes live. The order is that of [LatencyModel]'s tables.
public enum Region {
  NORTH_AMERICA("north-america", -6),
  EUROPE("europe", 1),
  EAST_ASIA("east-asia", 8),
  SOUTH_AMERICA("south-america", -4),
  OCEANIA("oceania", 10);

  private final String spelling;
  private final int hoursAhead;

  Region(String spelling, int hoursAhead) {
    this.spelling = spelling;
    this.hoursAhead = hoursAhead;
  }

  /// The region that a scenario file names so.
  public static Region named(String spelling) {
    for (Region region : values()) {
      if (region.spelling.equals(spelling)) {
        return region;
      }
    }
    throw new IllegalArgumentException("no region is called " + spelling);
  }

  /// How a scenario file names it.
  public String spelling() {
    return spelling;
  }

  /// How far its clocks are ahead of UTC, roughly.
  public int hoursAhead() {
    return hoursAhead;
  }
}
