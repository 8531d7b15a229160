package io.kadenza.node;

import io.kadenza.kad.Isolation;
import io.kadenza.kad.Network;
import io.kadenza.node.terminal.Escaped;
import java.util.TreeSet;

/// Why a node knows nobody, and what its user can do about it, in one line.
public final class IsolationLine {
  private IsolationLine() {}

  /// @param network the one that the node belongs to
  public static String of(Isolation isolation, Network network) {
    return switch (isolation) {
      case Isolation.Unconnected() ->
          "no peer is connected; is a server running there, and is its address right?";
      case Isolation.Unidentified(int peers) ->
          peers(peers) + " without saying what they serve; is it libp2p at that address?";
      case Isolation.OtherNetwork(var protocols) ->
          "the peers that answer belong to another network: they serve "
              + Escaped.line(String.join(", ", new TreeSet<>(protocols)))
              + ", and not "
              + network.protocol()
              + "; see --network";
      case Isolation.ClientsOnly(int peers) ->
          peers(peers)
              + ", all of them clients, who answer no questions; join by a server"
              + " (kad run --mode server)";
      case Isolation.AddressesRefused(var servers) ->
          "the "
              + servers.size()
              + " servers that answer are at private addresses, which the network "
              + network.name()
              + " does not take; for a local network give --network lan or local";
      case Isolation.Unanswered(int servers) ->
          servers + " servers are connected, and none answers; they may be overloaded, try later";
    };
  }

  private static String peers(int count) {
    return count == 1 ? "1 peer answers" : count + " peers answer";
  }
}
