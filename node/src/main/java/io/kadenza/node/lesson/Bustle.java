package io.kadenza.node.lesson;

import java.util.List;

/// Lines for an operator about peers that come and go. Anybody may come as fast as handshakes are
/// made, each time as somebody else, so of each minute the first lines are printed. Confined to one
/// thread.
final class Bustle {
  /// More than one reads, and no more than a log can bear for weeks.
  static final int LINES = 100;

  private static final long MINUTE = 60_000_000_000L;

  private long began;
  private int heard;

  /// @param now monotonic nanos, as in all that follows
  Bustle(long now) {
    this.began = now;
  }

  /// What to print of a line that is due now.
  List<String> hear(String line, long now) {
    if (now - began >= MINUTE) {
      began = now;
      heard = 0;
    }
    if (heard > LINES) {
      return List.of();
    }
    heard++;
    return heard <= LINES
        ? List.of(line)
        : List.of(
            "More than " + LINES + " peers came or went in this minute; the others are left out");
  }
}
