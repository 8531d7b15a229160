package io.kadenza.node;

import io.kadenza.crypto.Identity;
import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.DualDht;
import io.kadenza.kad.Network;
import io.kadenza.kad.Routing;
import io.kadenza.kad.engine.Mode;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host with a DHT on it, or with two, started and closed together. Safe for use by any thread.
public final class Node implements AutoCloseable {
  /// The file in a data directory with the identity that belongs to it, if no other is named.
  public static final String IDENTITY = "identity.key";

  /// How long who is done stays for what its lookup has left to do.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Host host;
  private final Routing routing;
  private final List<Member> members;

  private Node(Host host, Routing routing, List<Member> members) {
    this.host = host;
    this.routing = routing;
    this.members = members;
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
    Host host = Host.builder(identity).listen(listen).start();
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
      return new Node(host, dht, List.of(new Member(network, dht)));
    } catch (RuntimeException failed) {
      host.close();
      throw failed;
    }
  }

  /// Starts a node of a public network and of its local form beside it; it listens when this
  /// returns.
  ///
  /// @param part in the public network. In the local one the node is a server, unless it is to be a
  ///   client.
  /// @param data as for [#start]
  /// @throws io.kadenza.host.ListenException if an address cannot be listened on
  /// @throws io.kadenza.store.StoreException if the directory cannot be used
  public static Node startDual(
      Identity identity, List<Multiaddr> listen, Part part, Network network, @Nullable Path data) {
    Host host = Host.builder(identity).listen(listen).start();
    try {
      var description = DualDht.builder(host, network);
      if (data != null) {
        description.directory(data);
      }
      var dual =
          switch (part) {
            case SERVER -> description.mode(Mode.SERVER).start();
            case CLIENT -> description.mode(Mode.CLIENT).start();
            case AUTO -> description.start();
          };
      return new Node(
          host,
          dual,
          List.of(new Member(network, dual.wan()), new Member(network.lan(), dual.lan())));
    } catch (RuntimeException failed) {
      host.close();
      throw failed;
    }
  }

  public Host host() {
    return host;
  }

  /// The DHT of the network that the node belongs to; of two the public one.
  public Dht dht() {
    return members.getFirst().dht();
  }

  /// One, or two: the public network, then its local form.
  public List<Member> members() {
    return members;
  }

  /// All that can be asked of the one network, or of the two together.
  public Routing routing() {
    return routing;
  }

  /// Whether no routing table has a peer.
  public boolean isAlone() {
    return members.stream().allMatch(member -> member.dht().table().isEmpty());
  }

  /// Whether nobody is known, or no connection stands although somebody is: as after a night in
  /// which the machine was suspended, when others have given this node up.
  public boolean isCutOff() {
    return isAlone() || host.connectedPeers().isEmpty();
  }

  /// Whether others are served, be it only those of the local network.
  public boolean isServer() {
    return members.stream().anyMatch(member -> member.dht().mode() == Mode.SERVER);
  }

  /// Peers that this node knew when it last stopped.
  public List<PeerInfo> recalled() {
    return members.stream().flatMap(member -> member.dht().recalled().stream()).toList();
  }

  /// Where others can dial this node, each address with its peer id at the end.
  public List<Multiaddr> addresses() {
    return host.addresses().stream().map(address -> address.withPeer(host.id())).toList();
  }

  /// Lets the best value reach those who had an older one, before the node leaves.
  public void settle(Deadline deadline) {
    dht().settle(deadline.leftAtMost(SETTLING));
  }

  /// Leaves the network and waits for the threads to end, less than two seconds. Idempotent.
  @Override
  public void close() {
    routing.close();
    host.close();
  }
}
