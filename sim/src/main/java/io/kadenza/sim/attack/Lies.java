package io.kadenza.sim.attack;

import io.kadenza.sim.net.Conduct;

/// The kinds of liars there are.
public enum Lies {
  /// [RouteHijack].
  HIJACK("hijack"),
  /// [SilentDrop].
  DROP("drop"),
  /// [FakeProviders].
  FAKE_PROVIDERS("fake-providers"),
  /// [Withholding].
  WITHHOLD("withhold"),
  /// [WrongRecords].
  WRONG_RECORDS("wrong-records"),
  /// [StaleRecords].
  STALE_RECORDS("stale-records"),
  /// [SlowAnswers].
  SLOW("slow");

  private final String spelling;

  Lies(String spelling) {
    this.spelling = spelling;
  }

  /// The kind that a scenario file names so.
  public static Lies named(String spelling) {
    for (Lies lies : values()) {
      if (lies.spelling.equals(spelling)) {
        return lies;
      }
    }
    throw new IllegalArgumentException("no kind of liars is called " + spelling);
  }

  /// How a scenario file names it.
  public String spelling() {
    return spelling;
  }

  /// The behaviour of a liar of this kind.
  public Conduct conduct(Gang gang) {
    return switch (this) {
      case HIJACK -> new RouteHijack(gang);
      case DROP -> new SilentDrop();
      case FAKE_PROVIDERS -> new FakeProviders(gang);
      case WITHHOLD -> new Withholding();
      case WRONG_RECORDS -> new WrongRecords();
      case STALE_RECORDS -> new StaleRecords();
      case SLOW -> new SlowAnswers();
    };
  }
}
