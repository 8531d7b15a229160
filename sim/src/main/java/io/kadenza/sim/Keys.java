package io.kadenza.sim;

import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The keys that are put and provided, known beforehand so that liars can be ground next to them.
///
/// @param values under which values are put
/// @param contents that are provided
record Keys(List<Bytes> values, List<Bytes> contents) {
  private static final int KEY_BYTES = 32;

  static Keys of(Scenario.Workload workload, SplittableRandom random) {
    var values = new ArrayList<Bytes>();
    for (int i = 0; i < workload.puts(); i++) {
      values.add(Bytes.utf8(Values.prefix(workload.updates()) + random(random).toHex()));
    }
    var contents = new ArrayList<Bytes>();
    for (int i = 0; i < workload.provides(); i++) {
      contents.add(random(random));
    }
    return new Keys(values, contents);
  }

  static Bytes random(SplittableRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Bytes.wrap(key);
  }

  List<KadKey> targets() {
    var targets = new ArrayList<KadKey>();
    values.forEach(key -> targets.add(KadKey.of(key)));
    contents.forEach(key -> targets.add(KadKey.of(key)));
    return targets;
  }
}
