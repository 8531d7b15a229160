package io.kadenza.bench.network;

import io.kadenza.bench.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The networks of a race, one or one for each contender. One thread at a time.
final class Networks implements AutoCloseable {
  private final List<Swarm> swarms;

  private Networks(List<Swarm> swarms) {
    this.swarms = swarms;
  }

  /// Starts the servers; they do not know each other yet.
  static Networks start(Programs programs, NetworkOptions options, Path log) {
    var networks = new Networks(new ArrayList<>());
    try {
      Cast.networks(programs, options)
          .forEach(servers -> networks.swarms.add(Swarm.start(servers, log)));
    } catch (RuntimeException failed) {
      networks.close();
      throw failed;
    }
    return networks;
  }

  List<Swarm> all() {
    return List.copyOf(swarms);
  }

  /// The network that a contender's clients are in.
  Swarm of(int contender) {
    return swarms.get(contender % swarms.size());
  }

  @Override
  public void close() {
    swarms.forEach(Swarm::close);
  }
}
