package io.kadenza.kad.provide;

import java.time.Duration;
import java.util.Optional;

/// How the sweep over the provided keys goes. Totals are since the node's start.
///
/// @param keys how many keys are provided
/// @param waiting how many of them the network has not been told of
/// @param offline whether nobody answers, so that the sweep stands still
/// @param interval how long one cycle is to take
/// @param cycle how much of the present cycle is done, 0 to 1
/// @param regionsInCycle how many regions were told in the present cycle
/// @param lastCycle how long the last one took; empty before the end of the first
/// @param lag how far the sweep is behind its schedule
/// @param regions how many regions were told, new keys' included
/// @param told how many times a key was told to enough peers
/// @param missed how many times it was not
/// @param findNodes how many FIND_NODEs it took to find those peers
/// @param messages how many ADD_PROVIDERs were sent
/// @param keysPerSecond told while the last region was worked on
public record SweepStats(
    int keys,
    int waiting,
    boolean offline,
    Duration interval,
    double cycle,
    int regionsInCycle,
    Optional<Duration> lastCycle,
    Duration lag,
    long regions,
    long told,
    long missed,
    long findNodes,
    long messages,
    double keysPerSecond) {
  /// How many regions are left of the present cycle, judged by how many it took so far; 0 as long
  /// as nothing is known.
  public int regionsLeft() {
    return cycle <= 0 ? 0 : (int) Math.round(regionsInCycle * (1 - cycle) / cycle);
  }
}
