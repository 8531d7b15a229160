package io.kadenza.host.internal.reach;

import io.kadenza.host.internal.net.IpRegion;
import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// At which addresses peers say they see this host. Each network has one voice, its latest, so that
/// fifty peers of one owner say no more than one. Confined to its owner.
final class ObservedAddresses {
  /// As many networks must agree, and be more than half of those that said anything.
  static final int AGREEING = 3;

  static final int REMEMBERED = 64;

  /// @param dialled whether it is the address that the peer dialled; if not, the port is that of a
  ///   connection of ours, and only the IP address means something
  private record Voice(Multiaddr address, boolean dialled) {}

  private final Map<IpRegion, Voice> voices =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IpRegion, Voice> eldest) {
          return size() > REMEMBERED;
        }
      };

  void add(IpRegion by, Multiaddr address, boolean dialled) {
    voices.put(by, new Voice(address, dialled));
  }

  /// The public IP address under which this host is known outside.
  Optional<InetAddress> ip() {
    return agreed(voice -> voice.address().ip());
  }

  /// The address at which peers have dialled this host.
  Optional<Multiaddr> dialled() {
    return agreed(voice -> voice.dialled() ? Optional.of(voice.address()) : Optional.empty());
  }

  /// What enough voices agree on; those that have nothing to say of the matter do not count.
  private <T> Optional<T> agreed(Function<Voice, Optional<T>> matter) {
    Map<T, Integer> counts = new HashMap<>();
    int all = 0;
    for (Voice voice : voices.values()) {
      Optional<T> said = matter.apply(voice);
      if (said.isPresent()) {
        all++;
        counts.merge(said.get(), 1, Integer::sum);
      }
    }
    for (var entry : counts.entrySet()) {
      if (entry.getValue() >= AGREEING && 2 * entry.getValue() > all) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  int size() {
    return voices.size();
  }

  void clear() {
    voices.clear();
  }
}
