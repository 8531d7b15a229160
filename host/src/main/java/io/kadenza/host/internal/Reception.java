package io.kadenza.host.internal;

import io.kadenza.crypto.Identity;
import io.kadenza.host.Direction;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Identification;
import io.kadenza.host.Peerstore;
import io.kadenza.host.internal.identify.Identify;
import io.kadenza.host.internal.identify.IdentifyMessage;
import io.kadenza.host.internal.identify.OwnRecord;
import io.kadenza.host.internal.net.ConnectionOwner;
import io.kadenza.host.internal.net.ConnectionTable;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.Protocols;
import io.kadenza.host.internal.reach.ReachabilityWatch;
import io.kadenza.machine.CurrentState;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import java.util.Optional;

/// Where peers come in and go: notes each connection, has the two ends tell each other who they
/// are, and lets everybody else in the host know. Safe for use by any thread; what it is told of
/// connections comes in their event loops.
public final class Reception implements ConnectionOwner {
  private final Identity identity;
  private final String agent;
  private final OwnRecord own;
  private final Protocols protocols;
  private final ConnectionTable connections;
  private final MemoryPeerstore peerstore;
  private final ReachabilityWatch reach;
  private final HostEvents events;
  private final Identify identify;
  private volatile boolean closed;

  /// @param identity who we are, with `agent`, `own` and `protocols`
  /// @param connections told of who comes and goes, as are `peerstore`, `reach` and `events`
  public Reception(
      Identity identity,
      String agent,
      OwnRecord own,
      Protocols protocols,
      ConnectionTable connections,
      MemoryPeerstore peerstore,
      ReachabilityWatch reach,
      HostEvents events) {
    this.identity = identity;
    this.agent = agent;
    this.own = own;
    this.protocols = protocols;
    this.connections = connections;
    this.peerstore = peerstore;
    this.reach = reach;
    this.events = events;
    this.identify =
        new Identify(this::message, peerstore::identification, this::identified, this::failed);
  }

  public String agent() {
    return agent;
  }

  /// Serves identify.
  public void open() {
    protocols.add(Identify.PROTOCOL, identify::answer);
    protocols.add(Identify.PUSH, identify::takePush);
  }

  /// Something about us has changed: tells all who are connected and take it.
  public void announce() {
    identify.changed();
    for (MuxedConnection connection : connections.all()) {
      if (peerstore.supports(connection.peer(), Identify.PUSH)) {
        identify.push(connection);
      }
    }
  }

  /// Takes nobody in any more.
  public void close() {
    closed = true;
  }

  private byte[] message(Multiaddr remote) {
    return IdentifyMessage.encode(
        identity.publicKey().protobuf().toArray(),
        own.addresses(),
        protocols.names(),
        remote,
        agent,
        own.sealed().protobuf().toArray());
  }

  private void identified(MuxedConnection connection, Identification identification) {
    peerstore.identified(connection.peer(), identification);
    connection.remembered(MemoryPeerstore.weight(identification));
    if (identify.isBehind(connection) && identification.protocols().contains(Identify.PUSH)) {
      identify.push(connection);
    }
    reach.identified(connection, identification);
    events.publish(new HostEvent.Identified(connection.peer(), identification));
  }

  private void failed(MuxedConnection connection, String why) {
    events.publish(new HostEvent.IdentifyFailed(connection.peer(), why));
  }

  @Override
  public boolean opened(MuxedConnection connection) {
    boolean isOurselves = connection.peer().equals(identity.peerId());
    if (closed || isOurselves || !connections.add(connection)) {
      return false;
    }
    Optional<MuxedConnection> loser = connections.loser(connection);
    if (loser.isPresent() && loser.get() == connection) {
      connections.remove(connection);
      return false;
    }
    loser.ifPresent(MuxedConnection::close);
    note(connection.peer());
    if (connection.direction() == Direction.OUTBOUND) {
      peerstore.addAddresses(
          connection.peer(), List.of(connection.remoteAddress()), Peerstore.CONNECTED);
    }
    reach.opened(connection);
    events.publish(new HostEvent.Connected(connection));
    identify.ask(connection);
    return true;
  }

  /// Has the peerstore know whether a peer is connected. Its connections come and go in event loops
  /// of their own.
  private void note(PeerId peer) {
    CurrentState.tell(
        () -> connections.get(peer).isPresent(),
        connected -> {
          if (connected) {
            peerstore.connected(peer);
          } else {
            peerstore.disconnected(peer);
          }
        });
  }

  @Override
  public void closed(MuxedConnection connection) {
    connections
        .remove(connection)
        .ifPresent(last -> {
          if (last) {
            note(connection.peer());
          }
          reach.closed(connection);
          events.publish(new HostEvent.Disconnected(connection, last));
        });
  }

  @Override
  public void inboundFailed(Multiaddr from, String why) {
    events.publish(new HostEvent.InboundFailed(from, why));
  }
}
