package io.kadenza.kad.internal;

import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Registration;
import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.internal.client.RpcClient;
import io.kadenza.kad.internal.server.RpcServer;
import io.kadenza.machine.CurrentState;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.function.Consumer;

/// Tells the engine what happens on its host: who comes and goes, what peers are, and where we are
/// reachable. Called in event loops, where nothing here waits.
final class HostWatch implements AutoCloseable {
  private final Host host;
  private final KadConfig config;
  private final RpcClient client;
  private final RpcServer server;
  private final Consumer<EngineInput> engine;
  private final Registration observing;

  /// Begins with our addresses, and those that are connected already.
  HostWatch(
      Host host,
      KadConfig config,
      RpcClient client,
      RpcServer server,
      Consumer<EngineInput> engine) {
    this.host = host;
    this.config = config;
    this.client = client;
    this.server = server;
    this.engine = engine;
    this.observing = host.observe(this::observe);
    tellOwnAddresses();
    host.connectedPeers().forEach(this::tellOf);
    host.connectedPeers()
        .forEach(peer ->
            host.peerstore()
                .identification(peer)
                .ifPresent(i -> observe(new HostEvent.Identified(peer, i))));
  }

  /// Tells whether a peer is connected. Its connections come and go in event loops of their own.
  private void tellOf(PeerId peer) {
    CurrentState.tell(
        () -> host.isConnected(peer),
        connected ->
            engine.accept(
                connected
                    ? new EngineInput.PeerConnected(peer)
                    : new EngineInput.PeerDisconnected(peer)));
  }

  /// Tells where we can be reached.
  private void tellOwnAddresses() {
    CurrentState.tell(
        host::addresses, addresses -> engine.accept(new EngineInput.OwnAddresses(addresses)));
  }

  private void observe(HostEvent event) {
    switch (event) {
      case HostEvent.Connected(var connection) -> tellOf(connection.peer());
      case HostEvent.Disconnected(var connection, boolean last) -> {
        server.forget(connection, last);
        if (last) {
          client.forget(connection.peer());
          tellOf(connection.peer());
        }
      }
      case HostEvent.Identified(var peer, var identification) -> {
        boolean serves =
            identification.protocols().contains(config.protocol()) && isOfThisNetwork(peer);
        if (!serves) {
          client.forget(peer);
        }
        engine.accept(
            new EngineInput.PeerIdentified(new PeerInfo(peer, identification.addresses()), serves));
      }
      case HostEvent.AddressesChanged _ -> tellOwnAddresses();
      case HostEvent.IdentifyFailed _,
          HostEvent.DialFailed _,
          HostEvent.InboundFailed _,
          HostEvent.ReachabilityChanged _ -> {}
    }
  }

  /// A peer far away has private addresses too, those of its own house, so for a local network it
  /// is the connection that counts.
  private boolean isOfThisNetwork(PeerId peer) {
    return config.addresses() != AddressPolicy.LOCAL
        || host.connections().stream()
            .anyMatch(c -> c.peer().equals(peer) && c.remoteAddress().isPrivate());
  }

  @Override
  public void close() {
    observing.close();
  }
}
