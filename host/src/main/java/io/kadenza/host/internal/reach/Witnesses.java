package io.kadenza.host.internal.reach;

import io.kadenza.host.internal.net.IpRegion;
import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The networks from which peers have connected to this host. One counts as long as a connection
/// from it is open, and for an hour after. Confined to its owner.
final class Witnesses {
  /// A server hears of many peers within an hour: their tables are refreshed every ten minutes.
  private static final long LIFE_NANOS = Duration.ofHours(1).toNanos();

  /// Many more than are needed to be sure.
  static final int REMEMBERED = 64;

  private static final class Witness {
    /// The other ends of the connections that are open, as many as the host allows.
    final Set<Multiaddr> open = new HashSet<>(2);

    long lastSeen;

    boolean counts(long now) {
      return !open.isEmpty() || now - lastSeen < LIFE_NANOS;
    }
  }

  /// The one seen longest ago first.
  private final Map<IpRegion, Witness> byGroup = new LinkedHashMap<>(16, 0.75f, true);

  void came(IpRegion group, Multiaddr from, long now) {
    Witness witness = byGroup.get(group);
    if (witness == null) {
      if (byGroup.size() >= REMEMBERED && !makeRoom()) {
        return;
      }
      witness = new Witness();
      byGroup.put(group, witness);
    }
    witness.open.add(from);
    witness.lastSeen = now;
  }

  private boolean makeRoom() {
    for (var entry : byGroup.entrySet()) {
      if (entry.getValue().open.isEmpty()) {
        byGroup.remove(entry.getKey());
        return true;
      }
    }
    return false;
  }

  void left(IpRegion group, Multiaddr from, long now) {
    Witness witness = byGroup.get(group);
    if (witness != null && witness.open.remove(from)) {
      witness.lastSeen = now;
    }
  }

  /// How many networks speak for the host now, without those in `apart`.
  int count(Set<IpRegion> apart, long now) {
    int count = 0;
    for (var entry : byGroup.entrySet()) {
      if (entry.getValue().counts(now) && !apart.contains(entry.getKey())) {
        count++;
      }
    }
    return count;
  }

  int size() {
    return byGroup.size();
  }

  void clear() {
    byGroup.clear();
  }
}
