package io.kadenza.node;

import io.kadenza.kad.Isolation;
import io.kadenza.kad.Network;
import io.kadenza.node.terminal.Escaped;
import java.util.Set;
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
              + remedy(protocols);
      case Isolation.ClientsOnly(int peers) ->
          peers(peers)
              + ", all of them clients, who answer no questions; join by a server"
              + " (kad run --mode server)";
      case Isolation.AddressesRefused(var servers) ->
          (servers.size() == 1
                  ? "the server that answers is at a private address, which the network "
                  : "the "
                      + servers.size()
                      + " servers that answer are at private addresses, which the network ")
              + network.name()
              + " does not take; for a local network give --network lan or local";
      case Isolation.Unanswered(int servers) ->
          servers == 1
              ? "a server is connected and does not answer; it may be overloaded, try later"
              : servers
                  + " servers are connected, and none answers; they may be overloaded, try later";
    };
  }

  /// An IPFS node that is met at a private address serves its local network alone.
  private static String remedy(Set<String> protocols) {
    return protocols.equals(Set.of(Network.LAN.protocol()))
        ? "; give --network " + Network.LAN.name()
        : "; see --network";
  }

  private static String peers(int count) {
    return count == 1 ? "1 peer answers" : count + " peers answer";
  }
}
