package io.kadenza.node.terminal;

import java.util.Locale;

/// A number of things, as English has it.
public final class Counted {
  private Counted() {}

  /// Such as `1 peer`, `0 peers` or `2,000 peers`.
  ///
  /// @param noun of one of them, whose plural ends in s
  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, noun);
  }
}
