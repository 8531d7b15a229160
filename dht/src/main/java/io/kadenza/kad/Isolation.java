package io.kadenza.kad;

import io.kadenza.host.Host;
import io.kadenza.host.Identification;
import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Why a node knows nobody of its network, although it tries: an empty table has many causes, and
/// each has another remedy.
public sealed interface Isolation {
  /// Not one peer is connected.
  record Unconnected() implements Isolation {}

  /// Peers are connected, and have not said yet what they serve.
  record Unidentified(int peers) implements Isolation {}

  /// The connected peers serve other networks.
  ///
  /// @param protocols the ids of these networks; from the peers, so escape before printing
  record OtherNetwork(Set<String> protocols) implements Isolation {
    public OtherNetwork {
      protocols = Set.copyOf(protocols);
    }
  }

  /// The connected peers serve no DHT: they only ask themselves.
  record ClientsOnly(int peers) implements Isolation {}

  /// There are servers of this network, but not at addresses that it takes.
  record AddressesRefused(List<PeerId> servers) implements Isolation {
    public AddressesRefused {
      servers = List.copyOf(servers);
    }
  }

  /// There are servers of this network, and none has answered.
  record Unanswered(int servers) implements Isolation {}

  /// What keeps a host from knowing anybody; the cause that the most can be done about.
  static Isolation of(Host host, KadConfig config) {
    List<PeerId> connected = host.connectedPeers();
    if (connected.isEmpty()) {
      return new Unconnected();
    }
    List<PeerId> refused = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    int unidentified = 0;
    int servers = 0;
    for (PeerId peer : connected) {
      Optional<Identification> told = host.peerstore().identification(peer);
      if (told.isEmpty()) {
        unidentified++;
      } else if (!told.get().protocols().contains(config.protocol())) {
        told.get().protocols().stream().filter(Isolation::isDht).forEach(others::add);
      } else if (isRefused(told.get(), config.addresses())) {
        refused.add(peer);
      } else {
        servers++;
      }
    }
    if (servers > 0) {
      return new Unanswered(servers);
    }
    if (!refused.isEmpty()) {
      return new AddressesRefused(refused);
    }
    if (!others.isEmpty()) {
      return new OtherNetwork(others);
    }
    return unidentified > 0 ? new Unidentified(unidentified) : new ClientsOnly(connected.size());
  }

  private static boolean isDht(String protocol) {
    return protocol.endsWith("/kad/1.0.0");
  }

  private static boolean isRefused(Identification told, AddressPolicy policy) {
    return !told.addresses().isEmpty() && told.addresses().stream().noneMatch(policy::admits);
  }
}
