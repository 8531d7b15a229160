package io.kadenza.bench.peer;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Limits;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.metrics.Metrics;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A DHT server on loopback with a user's settings, but that a client may store as many values as a
/// race takes, and that who is in the network does not change meanwhile.
final class Server implements AutoCloseable {
  private static final Duration JOIN = Duration.ofMinutes(1);
  private static final int VALUES = 1 << 20;
  private static final long VALUE_BYTES = 1L << 31;
  private static final int CONNECTIONS = 19_000;
  private static final int HALF_OPEN = 4_096;

  private final Host host;
  private final Dht dht;

  private Server(Host host, Dht dht) {
    this.host = host;
    this.dht = dht;
  }

  static Server start() {
    Host host =
        Host.builder(Identity.generate(KeyType.ED25519))
            .listen("/ip4/127.0.0.1/tcp/0")
            .limits(Limits.defaults().withMaxConnections(CONNECTIONS).withMaxHalfOpen(HALF_OPEN))
            .start();
    var records =
        RecordLimits.DEFAULT
            .withMaxRecords(VALUES)
            .withMaxBytes(VALUE_BYTES)
            .withPerPeer(VALUES, VALUE_BYTES);
    var config =
        Agreed.config()
            .withMode(Mode.SERVER)
            .withRecords(records)
            .withRefreshInterval(Duration.ofDays(1));
    return new Server(host, Dht.builder(host).config(config).start());
  }

  PeerId id() {
    return host.id();
  }

  Multiaddr address() {
    return host.addresses().getFirst().withPeer(host.id());
  }

  /// Joins the network.
  ///
  /// @return how many servers are in the routing table then
  int join(List<Multiaddr> seeds) {
    List<PeerInfo> others =
        seeds.stream().map(Server::info).filter(seed -> !seed.id().equals(host.id())).toList();
    dht.bootstrap(others, JOIN);
    return dht.table().size();
  }

  private static PeerInfo info(Multiaddr address) {
    return new PeerInfo(address.peerId().orElseThrow(), List.of(address));
  }

  boolean holds(Bytes key) {
    return dht.heldValue(key).isPresent();
  }

  /// What it was asked so far.
  Map<MessageType, Long> requests() {
    Metrics metrics = dht.metrics();
    var requests = new EnumMap<MessageType, Long>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      requests.put(type, metrics.counter("rpc.inbound.messages", type));
    }
    return requests;
  }

  @Override
  public void close() {
    dht.close();
    host.close();
  }
}
