package io.kadenza.sim.scenario;

import io.kadenza.sim.net.Region;
import io.kadenza.sim.scenario.Faults.ClockJump;
import io.kadenza.sim.scenario.Faults.Clocks;
import io.kadenza.sim.scenario.Faults.Lossy;
import io.kadenza.sim.scenario.Faults.Partition;
import io.kadenza.sim.scenario.Faults.Slow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/// The section `faults` of a scenario file.
final class FaultSection {
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration MAX_SHIFT = Duration.ofDays(30);
  private static final Duration MAX_DELAY = Duration.ofSeconds(10);
  private static final int MAX_DRIFT = 100_000;
  private static final double MAX_LOSS = 0.9;

  private FaultSection() {}

  static Faults read(YamlSection in, Duration duration) {
    var faults =
        new Faults(
            partitions(in, duration),
            in.section("clocks").map(FaultSection::clocks),
            in.sections("jumps").stream().map(jump -> jump(jump, duration)).toList(),
            in.section("slow").map(FaultSection::slow),
            in.section("lossy").map(FaultSection::lossy));
    in.finish();
    return faults;
  }

  private static List<Partition> partitions(YamlSection in, Duration duration) {
    var partitions = new ArrayList<Partition>();
    for (YamlSection section : in.sections("partitions")) {
      partitions.add(partition(section, duration));
    }
    partitions.sort(Comparator.comparing(Partition::at));
    for (int i = 1; i < partitions.size(); i++) {
      if (partitions.get(i).at().compareTo(partitions.get(i - 1).end()) < 0) {
        throw in.refused(
            "a partition begins at "
                + Spelling.of(partitions.get(i).at())
                + ", before the one at "
                + Spelling.of(partitions.get(i - 1).at())
                + " ends");
      }
    }
    return partitions;
  }

  private static Partition partition(YamlSection in, Duration duration) {
    in.require("at").require("for");
    if (in.has("share") == in.has("regions")) {
      throw in.refused("a partition has either 'share' or 'regions'");
    }
    List<String> names = Arrays.stream(Region.values()).map(Region::spelling).toList();
    var regions = EnumSet.noneOf(Region.class);
    in.words("regions", names).forEach(name -> regions.add(Region.named(name)));
    var partition =
        new Partition(
            in.duration("at", duration, Duration.ZERO, duration),
            in.duration("for", duration, TICK, duration),
            in.number("share", 0, 0, 1),
            regions);
    in.finish();
    return partition;
  }

  private static Clocks clocks(YamlSection in) {
    var clocks =
        new Clocks(
            in.number("share", 1, 0, 1),
            in.duration("offset", Duration.ZERO, Duration.ZERO, MAX_SHIFT),
            in.integer("drift", 0, 0, MAX_DRIFT));
    in.finish();
    return clocks;
  }

  private static ClockJump jump(YamlSection in, Duration duration) {
    in.require("at").require("share");
    if (in.has("forward") == in.has("back")) {
      throw in.refused("a jump goes either 'forward' or 'back'");
    }
    Duration forward = in.duration("forward", Duration.ZERO, TICK, MAX_SHIFT);
    Duration back = in.duration("back", Duration.ZERO, TICK, MAX_SHIFT);
    var jump =
        new ClockJump(
            in.duration("at", duration, Duration.ZERO, duration),
            in.number("share", 0, 0, 1),
            forward.minus(back));
    in.finish();
    return jump;
  }

  private static Slow slow(YamlSection in) {
    in.require("share").require("delay");
    var slow = new Slow(in.number("share", 0, 0, 1), in.duration("delay", TICK, TICK, MAX_DELAY));
    in.finish();
    return slow;
  }

  private static Lossy lossy(YamlSection in) {
    in.require("share");
    var lossy =
        new Lossy(
            in.number("share", 0, 0, 1),
            in.number("out", 0, 0, MAX_LOSS),
            in.number("in", 0, 0, MAX_LOSS));
    in.finish();
    return lossy;
  }
}
