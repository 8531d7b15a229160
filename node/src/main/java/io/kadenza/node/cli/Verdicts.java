package io.kadenza.node.cli;

import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.node.Exit;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.trace.Reasons;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the end of an operation means for the exit code and the report.
final class Verdicts {
  private Verdicts() {}

  /// The exit code of a search that found nothing.
  static Exit nothing(LookupStats stats) {
    return switch (stats.reason()) {
      case TIMED_OUT -> Exit.TIMEOUT;
      case CANCELLED -> Exit.INTERRUPTED;
      case NO_PEERS -> Exit.NO_PEER;
      case COMPLETED, STARVED, STOPPED -> stats.answered() == 0 ? Exit.NO_PEER : Exit.NOT_FOUND;
    };
  }

  /// The exit code of a search that found something.
  static Exit something(LookupStats stats) {
    return stats.reason() == Termination.TIMED_OUT ? Exit.TIMEOUT : Exit.OK;
  }

  /// The exit code of telling peers something.
  static Exit told(List<PeerOutcome> perPeer, LookupStats stats) {
    if (perPeer.stream().anyMatch(PeerOutcome::isStored)) {
      return Exit.OK;
    }
    if (perPeer.isEmpty()) {
      return stats.reason() == Termination.TIMED_OUT ? Exit.TIMEOUT : Exit.NO_PEER;
    }
    if (perPeer.stream().anyMatch(p -> p.result() == PeerOutcome.Result.REFUSED)) {
      return Exit.INVALID_RECORD;
    }
    return perPeer.stream().allMatch(p -> p.result() == PeerOutcome.Result.UNREACHABLE)
        ? Exit.NO_PEER
        : Exit.TIMEOUT;
  }

  /// How many peers did what, such as `{stored=3, timed_out=1}`.
  static Map<String, Integer> tally(List<PeerOutcome> perPeer) {
    var tally = new TreeMap<String, Integer>();
    perPeer.forEach(p -> tally.merge(p.result().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
    return tally;
  }

  /// The same in words, or what stands for it where nobody was there to do anything.
  static String deeds(List<PeerOutcome> perPeer, String none) {
    if (perPeer.isEmpty()) {
      return none;
    }
    var deeds = new EnumMap<PeerOutcome.Result, Long>(PeerOutcome.Result.class);
    perPeer.forEach(p -> deeds.merge(p.result(), 1L, Long::sum));
    return deeds.entrySet().stream()
        .map(deed -> words(deed.getKey()) + " " + Counted.of(deed.getValue(), "peer"))
        .collect(Collectors.joining(", "));
  }

  /// What comes before the number of peers.
  private static String words(PeerOutcome.Result result) {
    return switch (result) {
      case STORED -> "stored by";
      case SENT -> "sent to";
      case REFUSED -> "refused by";
      case TIMED_OUT -> "no answer in time from";
      case UNREACHABLE -> "no connection to";
      case ABANDONED, UNDER_WAY -> "no answer yet from";
    };
  }

  static Map<String, Object> json(LookupStats stats) {
    return JsonLine.plain()
        .with("reason", stats.reason().name().toLowerCase(Locale.ROOT))
        .with("asked", stats.asked())
        .with("answered", stats.answered())
        .with("failed", stats.failed())
        .with("hops", stats.hops())
        .with("took_ms", stats.took().toMillis())
        .fields();
  }

  /// One line for people.
  static String text(LookupStats stats) {
    return String.format(
        Locale.ROOT,
        "%d asked, %d answered, %d failed, %d ms; %s",
        stats.asked(),
        stats.answered(),
        stats.failed(),
        stats.took().toMillis(),
        Reasons.words(stats.reason()));
  }
}
