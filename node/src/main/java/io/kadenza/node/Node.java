package io.kadenza.node;

import io.kadenza.crypto.Identity;
import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.Network;
import io.kadenza.kad.engine.Mode;
import io.kadenza.multiformats.Multiaddr;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host with a DHT on it, started and closed together. Safe for use by any thread.
public final class Node implements AutoCloseable {
  /// What nodes call themselves in identify.
  public static final String AGENT = "kadenza/0.1.0";

  /// The file in a data directory with the identity that belongs to it, if no other is named.
  public static final String IDENTITY = "identity.key";

  private final Host host;
  private final Dht dht;

  private Node(Host host, Dht dht) {
    this.host = host;
    this.dht = dht;
  }

  /// Starts a node; it listens when this returns.
  ///
  /// @param listen where; nowhere if empty
  /// @throws io.kadenza.host.ListenException if an address cannot be listened on
  public static Node start(Identity identity, List<Multiaddr> listen, Part part, Network network) {
    return start(identity, listen, part, network, null);
  }

  /// Starts a node; it listens when this returns.
  ///
  /// @param listen where; nowhere if empty
  /// @param data where to keep what outlives the node; null if nothing does
  /// @throws io.kadenza.host.ListenException if an address cannot be listened on
  /// @throws io.kadenza.store.StoreException if the directory cannot be used
  public static Node start(
      Identity identity, List<Multiaddr> listen, Part part, Network network, @Nullable Path data) {
    Host host = Host.builder(identity).agent(AGENT).listen(listen).start();
    return on(host, part, network, data);
  }

  /// Starts the DHT on a host, which from now on is closed with the node.
  ///
  /// @param data as for [#start]
  public static Node on(Host host, Part part, Network network, @Nullable Path data) {
    try {
      var description = Dht.builder(host).network(network);
      if (data != null) {
        description.directory(data);
      }
      var dht =
          switch (part) {
            case SERVER -> description.mode(Mode.SERVER).start();
            case CLIENT -> description.mode(Mode.CLIENT).start();
            case AUTO -> description.autoMode().start();
          };
      return new Node(host, dht);
    } catch (RuntimeException failed) {
      host.close();
      throw failed;
    }
  }

  public Host host() {
    return host;
  }

  public Dht dht() {
    return dht;
  }

  /// Where others can dial this node, each address with its peer id at the end.
  public List<Multiaddr> addresses() {
    return host.addresses().stream().map(address -> address.withPeer(host.id())).toList();
  }

  /// Leaves the network and waits for the threads to end, less than two seconds. Idempotent.
  @Override
  public void close() {
    dht.close();
    host.close();
  }
}
