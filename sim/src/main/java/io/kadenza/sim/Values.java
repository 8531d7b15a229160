package io.kadenza.sim;

import io.kadenza.multiformats.Bytes;
import io.kadenza.sim.scenario.NewestVersion;
import java.util.HashMap;
import java.util.Map;

/// What is put under each key, and what a search must therefore find. Owned by a [Traffic].
final class Values {
  private final int updates;
  private final Map<Bytes, Integer> versions = new HashMap<>();

  /// @param updates how many newer values follow each first one
  Values(int updates) {
    this.updates = updates;
  }

  /// Values that are put once need no order: their keys are in no namespace that a validator knows.
  static String prefix(int updates) {
    return updates == 0 ? "/sim/" : "/" + NewestVersion.NAMESPACE + "/";
  }

  /// The newest value of a key.
  Bytes of(Bytes key) {
    return updates == 0
        ? Bytes.utf8("value of " + key)
        : NewestVersion.value(versions.getOrDefault(key, 0), key);
  }

  /// Gives a key a newer value; false if it has had all.
  boolean renew(Bytes key) {
    int version = versions.getOrDefault(key, 0);
    if (version >= updates) {
      return false;
    }
    versions.put(key, version + 1);
    return true;
  }
}
