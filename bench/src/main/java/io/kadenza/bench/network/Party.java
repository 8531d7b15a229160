package io.kadenza.bench.network;

import io.kadenza.bench.PeerProcess;
import java.util.ArrayList;
import java.util.List;

/// The clients of one implementation and the network they are in, which others may be in too.
record Party(Crowd crowd, Swarm swarm) {
  /// By how many servers clients join.
  private static final int SEEDS = 3;

  /// Has some new clients join the network.
  ///
  /// @return how many servers the one with the fewest knows
  int join(int clients) {
    return crowd.join(clients, swarm.addresses(SEEDS));
  }

  /// All programs of these, each once.
  static List<PeerProcess> processes(List<Party> parties) {
    var all = new ArrayList<PeerProcess>();
    parties.stream().map(Party::swarm).distinct().forEach(swarm -> all.addAll(swarm.processes()));
    parties.forEach(party -> all.add(party.crowd().process()));
    return all;
  }
}
