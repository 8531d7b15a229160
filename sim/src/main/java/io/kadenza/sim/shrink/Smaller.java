package io.kadenza.sim.shrink;

import io.kadenza.sim.shrink.ScenarioTree.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One way to make a scenario smaller.
///
/// @param change what it is, for people
record Smaller(String change, ScenarioTree tree) {
  private static final Path NODES = Path.of("nodes");
  private static final Path DURATION = Path.of("duration");

  /// Without these a file is no scenario; and what is expected to fail must stay.
  private static final Set<String> NEEDED = Set.of("name", "nodes", "duration", "seed", "checks");

  /// Needs partitions that have healed for long: if something else has failed, it stands in the
  /// way.
  private static final Path AGREE_WITHIN = Path.of("checks", "agree-within");

  /// Where numbers say how much happens, and not what the network is like.
  private static final Set<String> AMOUNTS = Set.of("workload", "join", "clients");

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

  /// All of them, those that save most first. Some are no scenario.
  ///
  /// @param failedAt the virtual time after which nothing is needed any more
  static List<Smaller> of(ScenarioTree tree, Duration failedAt) {
    var all = new ArrayList<Smaller>();
    Map<Path, Object> values = tree.values();
    long seconds = failedAt.toSeconds() + 1;
    if (seconds < seconds(values.getOrDefault(DURATION, ""))) {
      all.add(new Smaller("duration " + seconds + "s", tree.with(DURATION, seconds + "s")));
    }
    shorter(tree, NODES, values.getOrDefault(NODES, ""), all);
    values.forEach((path, value) -> addRemoval(tree, path, all));
    values.forEach((path, value) -> {
      if (AMOUNTS.contains(String.valueOf(path.steps().getFirst()))) {
        shorter(tree, path, value, all);
      }
    });
    shorter(tree, DURATION, values.getOrDefault(DURATION, ""), all);
    return all;
  }

  private static void addRemoval(ScenarioTree tree, Path path, List<Smaller> into) {
    if (path.equals(AGREE_WITHIN) || !NEEDED.contains(String.valueOf(path.steps().getFirst()))) {
      into.add(new Smaller("no " + path, tree.without(path)));
    }
  }

  /// A number or duration at a quarter, half and three quarters of what it is.
  private static void shorter(ScenarioTree tree, Path path, Object value, List<Smaller> into) {
    Matcher matcher = NUMBER.matcher(String.valueOf(value));
    if (!matcher.matches()) {
      return;
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    long number = Long.parseLong(matcher.group(1));
    for (int quarters = 1; quarters <= 3; quarters++) {
      long less = number * quarters / 4;
      if (less > 0 && less < number) {
        into.add(new Smaller(path + " " + less + unit, tree.with(path, less + unit)));
      }
    }
  }

  private static long seconds(Object duration) {
    Matcher matcher = NUMBER.matcher(String.valueOf(duration));
    if (!matcher.matches()) {
      return 0;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (String.valueOf(matcher.group(2))) {
      case "d" -> Duration.ofDays(number).toSeconds();
      case "h" -> Duration.ofHours(number).toSeconds();
      case "m" -> Duration.ofMinutes(number).toSeconds();
      case "s" -> number;
      default -> 0;
    };
  }
}
