package io.kadenza.sim.scenario;

import io.kadenza.sim.net.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is wrong with a scenario's network, without anybody's ill will.
///
/// @param partitions in the order of their time; one ends before the next begins
/// @param clocks how wrong the clocks are from the beginning, if they are
/// @param jumps when clocks are set
/// @param slow who has a slow line, if anybody
/// @param lossy whose line loses messages, if anybody's does
public record Faults(
    List<Partition> partitions,
    Optional<Clocks> clocks,
    List<ClockJump> jumps,
    Optional<Slow> slow,
    Optional<Lossy> lossy) {
  public static final Faults NONE =
      new Faults(List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  public Faults {
    partitions = List.copyOf(partitions);
    jumps = List.copyOf(jumps);
  }

  /// Some nodes and all others cannot reach each other.
  ///
  /// @param length until it heals
  /// @param share how many of the nodes, chosen at random; zero if regions are named
  /// @param regions who lives there is cut off
  public record Partition(Duration at, Duration length, double share, Set<Region> regions) {
    public Partition {
      regions = Set.copyOf(regions);
    }

    /// When it is over.
    public Duration end() {
      return at.plus(length);
    }
  }

  /// Clocks that are wrong, each by an amount of its own.
  ///
  /// @param share how many nodes have one
  /// @param offset at most so far ahead or behind
  /// @param driftPerMillion at most so much faster or slower
  public record Clocks(double share, Duration offset, int driftPerMillion) {}

  /// Somebody sets clocks.
  ///
  /// @param share how many nodes' clocks
  /// @param by negative if they are set back
  public record ClockJump(Duration at, double share, Duration by) {}

  /// Peers that are slow at all they do.
  ///
  /// @param share how many servers are
  /// @param delay what each message to or from them takes longer
  public record Slow(double share, Duration delay) {}

  /// Lines that lose messages in one direction more than in the other.
  ///
  /// @param share how many nodes have one
  /// @param out the share of the messages they send that is lost at first
  /// @param in the share of those sent to them
  public record Lossy(double share, double out, double in) {}
}
