package io.kadenza.node.lesson;

import io.kadenza.node.terminal.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is said on one topic, as lines for an operator. Anybody may publish there as fast as he
/// likes, so of each second the first lines are printed, and then how many were not. Confined to
/// one thread.
final class Chatter {
  /// More than people say, and no more than a log can bear for days.
  static final int LINES = 10;

  private static final long SECOND = 1_000_000_000L;

  private final String topic;
  private long began;
  private int printed;
  private long leftOut;

  /// @param now monotonic nanos, as in all that follows
  Chatter(String topic, long now) {
    this.topic = topic;
    this.began = now;
  }

  /// What to print now that this has been said.
  List<String> hear(String author, String text, long now) {
    var lines = new ArrayList<String>();
    sum(now).ifPresent(lines::add);
    if (printed == LINES) {
      leftOut++;
    } else {
      printed++;
      lines.add("Received message on '" + topic + "' from " + author + ": " + text);
    }
    return lines;
  }

  /// How many messages were left out in a second that is over; nothing if there were none.
  Optional<String> sum(long now) {
    if (now - began < SECOND) {
      return Optional.empty();
    }
    long missing = leftOut;
    began = now;
    printed = 0;
    leftOut = 0;
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            "Left out "
                + Counted.of(missing, "message")
                + " on '"
                + topic
                + "', where more than "
                + LINES
                + " came in a second");
  }

  /// Whether there is something that [#sum] will tell.
  boolean isOwing() {
    return leftOut > 0;
  }
}
