package io.kadenza.host.internal;

import io.kadenza.host.ListenException;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The sockets at which a host listens, and where they can be reached. Of those bound to a wildcard
/// that changes while the host runs: it may start before its network does, and networks come and
/// go. One thread at a time binds, looks or closes; any may ask.
public final class Listeners {
  private final TcpTransport transport;
  private final Supplier<List<InetAddress>> machine;
  private final List<Channel> bound = new ArrayList<>();
  private volatile List<Multiaddr> addresses = List.of();

  /// @param machine tells the machine's own addresses
  public Listeners(TcpTransport transport, Supplier<List<InetAddress>> machine) {
    this.transport = transport;
    this.machine = machine;
  }

  /// @throws ListenException if one cannot be listened on, or not be reached, as on a machine
  ///   without IPv4
  public void bind(List<Multiaddr> wanted) {
    List<InetAddress> own = machine.get();
    for (Multiaddr address : ListenAddresses.toBind(wanted)) {
      Channel channel = transport.listen(address);
      bound.add(channel);
      InetSocketAddress at = at(channel);
      if (ListenAddresses.of(at, own).isEmpty()) {
        throw new ListenException(
            "cannot listen on "
                + TcpTransport.multiaddr(at)
                + ": this machine has no address "
                + (at.getAddress() instanceof Inet6Address ? "yet" : "of IPv4; try /ip6/::"));
      }
    }
    addresses = reachable(own);
  }

  /// The addresses under which the sockets can be reached, as they were when last looked at.
  public List<Multiaddr> addresses() {
    return addresses;
  }

  /// Looks at the machine's addresses again. If it has none, not even the loopback's, it cannot
  /// tell, as for want of file descriptors.
  ///
  /// @return whether the sockets are reached under others now
  public boolean look() {
    List<InetAddress> own = machine.get();
    List<Multiaddr> now = own.isEmpty() ? addresses : reachable(own);
    boolean changed = !Set.copyOf(now).equals(Set.copyOf(addresses));
    if (changed) {
      addresses = now;
    }
    return changed;
  }

  private List<Multiaddr> reachable(List<InetAddress> own) {
    Set<Multiaddr> all = new LinkedHashSet<>();
    bound.forEach(channel -> all.addAll(ListenAddresses.of(at(channel), own)));
    return List.copyOf(all);
  }

  private static InetSocketAddress at(Channel channel) {
    return (InetSocketAddress) channel.localAddress();
  }

  /// Listens no longer, and waits until that is so.
  public void close(Deadline deadline) {
    List<ChannelFuture> closing = bound.stream().map(Channel::close).toList();
    closing.forEach(end -> end.awaitUninterruptibly(deadline.left().toMillis()));
  }
}
