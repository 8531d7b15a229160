package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineInput;
import java.util.List;

/// Who is connected with whom, and who cannot reach whom. Owned by a [Network].
final class Wires {
  private final Network network;
  private final Conditions conditions;

  /// Counts the beginnings and ends of partitions.
  private int cuts;

  Wires(Network network, Conditions conditions) {
    this.network = network;
    this.conditions = conditions;
  }

  /// Both ends learn that they are connected and what the other is.
  void connect(SimNode a, SimNode b) {
    if (a.connections.contains(b.index())) {
      return;
    }
    link(a, b);
    link(b, a);
    network.apply(a, new EngineInput.PeerConnected(b.id()));
    network.apply(b, new EngineInput.PeerConnected(a.id()));
    if (conditions.identify()) {
      network.apply(a, new EngineInput.PeerIdentified(b.contact(), b.isServer()));
      network.apply(b, new EngineInput.PeerIdentified(a.contact(), a.isServer()));
    }
  }

  /// Has a node call another that is up, which learns what the caller is; the caller itself wants
  /// to know nothing.
  void call(SimNode caller, SimNode node) {
    if (node.isUp() && caller.side == node.side && !caller.connections.contains(node.index())) {
      link(caller, node);
      link(node, caller);
      network.apply(node, new EngineInput.PeerConnected(caller.id()));
      network.apply(node, new EngineInput.PeerIdentified(caller.contact(), true));
    }
  }

  private void link(SimNode node, SimNode peer) {
    int gone =
        node.connections.add(
            peer.index(), conditions.maxConnections(), one -> isInTable(node, one));
    if (gone != Connections.NONE) {
      SimNode other = network.node(gone);
      other.connections.remove(node.index());
      disconnected(node, other);
      if (other.isUp()) {
        disconnected(other, node);
      }
    }
  }

  private boolean isInTable(SimNode node, int peer) {
    return node.engine().isInTable(network.contact(peer));
  }

  private void disconnected(SimNode node, SimNode from) {
    network.apply(node, new EngineInput.PeerDisconnected(from.id()));
  }

  /// The other ends of a node's connections learn that it is gone.
  void breakAll(SimNode node) {
    for (int i = 0; i < node.connections.size(); i++) {
      SimNode peer = network.node(node.connections.get(i));
      peer.connections.remove(node.index());
      disconnected(peer, node);
    }
    node.connections.clear();
  }

  /// Cuts some nodes off from all others: what they send each other arrives nowhere, and after a
  /// while both ends of a connection take note. Replaces an earlier cut.
  void cut(List<SimNode> off) {
    heal();
    off.forEach(node -> node.side = 1);
    int cut = ++cuts;
    network
        .timeline()
        .at(
            network.timeline().nanos() + Conditions.SILENCE.toNanos(),
            () -> {
              if (cut == cuts) {
                off.forEach(this::breakAcross);
              }
            });
  }

  /// Ends a [#cut]. Connections that have survived it are as good as before.
  void heal() {
    cuts++;
    network.nodes().forEach(node -> node.side = 0);
  }

  private void breakAcross(SimNode node) {
    for (int i = node.connections.size() - 1; i >= 0; i--) {
      SimNode peer = network.node(node.connections.get(i));
      if (peer.side != node.side) {
        node.connections.remove(peer.index());
        peer.connections.remove(node.index());
        network.apply(node, new EngineInput.PeerDisconnected(peer.id()));
        network.apply(peer, new EngineInput.PeerDisconnected(node.id()));
      }
    }
  }
}
