package io.kadenza.host.internal.dial;

import io.kadenza.host.NameService;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.Protocol;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns `/dns`, `/dns4`, `/dns6` and `/dnsaddr` in the addresses of one dial into IP literals.
/// Blocks while it asks; for one thread.
final class Resolver {
  /// `/dnsaddr` records may point at further ones; the address spec leaves the depth open.
  private static final int DNSADDR_DEPTH = 4;

  /// As many addresses as one name may stand for.
  private static final int RESULTS_MAX = 64;

  private final NameService names;

  Resolver(NameService names) {
    this.names = names;
  }

  /// Whether somebody has to be asked what the address stands for.
  static boolean isName(Multiaddr address) {
    if (address.components().isEmpty()) {
      return false;
    }
    return switch (address.components().getFirst().protocol()) {
      case DNS, DNS4, DNS6, DNSADDR -> true;
      default -> false;
    };
  }

  /// Whether a name is asked about: one in front of what we have no transport for leads nowhere.
  static boolean isAskedFor(Multiaddr address) {
    return isName(address)
        && (address.components().getFirst().protocol() == Protocol.DNSADDR
            || TcpTransport.isTcpAlone(address));
  }

  /// The literal addresses that `address` stands for; itself when it has no name in it, none when
  /// there is nothing in it or the name is not known, or not asked about.
  ///
  /// @param peer who is meant to be there; null for whom the address names, if anybody
  List<Multiaddr> resolve(Multiaddr address, @Nullable PeerId peer) {
    var search = new Search();
    search.follow(address, peer == null ? address.peerId() : Optional.of(peer), DNSADDR_DEPTH);
    return search.found;
  }

  private static Multiaddr withFirst(Multiaddr address, InetAddress ip) {
    Multiaddr literal = Multiaddr.ofIp(ip);
    for (var component : address.components().subList(1, address.components().size())) {
      literal =
          component.value() == null
              ? literal.with(component.protocol())
              : literal.with(component.protocol(), component.value());
    }
    return literal;
  }

  /// What one address turns out to stand for.
  private final class Search {
    private final List<Multiaddr> found = new ArrayList<>();

    /// @param wanted who is meant to be there, if it is known
    void follow(Multiaddr address, Optional<PeerId> wanted, int depth) {
      if (address.components().isEmpty()) {
        return;
      }
      var first = address.components().getFirst();
      String name = String.valueOf(first.value());
      switch (first.protocol()) {
        case DNS, DNS4, DNS6 -> names(address, first.protocol(), name);
        case DNSADDR -> dnsaddr(name, wanted, depth);
        default -> add(address);
      }
    }

    private void add(Multiaddr address) {
      if (!isFull() && !found.contains(address)) {
        found.add(address);
      }
    }

    private boolean isFull() {
      return found.size() == RESULTS_MAX;
    }

    private void names(Multiaddr address, Protocol kind, String name) {
      if (isFull() || !isAskedFor(address)) {
        return;
      }
      for (InetAddress ip : names.addresses(name)) {
        boolean wanted =
            switch (ip) {
              case Inet4Address _ -> kind != Protocol.DNS6;
              case Inet6Address _ -> kind != Protocol.DNS4;
              default -> false;
            };
        if (wanted) {
          add(withFirst(address, ip));
        }
      }
    }

    /// `/dnsaddr/NAME/p2p/ID` stands for those of the `dnsaddr=` texts at `_dnsaddr.NAME` that end
    /// in the same peer.
    private void dnsaddr(String name, Optional<PeerId> wanted, int depth) {
      if (depth == 0 || isFull()) {
        return;
      }
      for (String text : names.texts("_dnsaddr." + name)) {
        if (!text.startsWith("dnsaddr=")) {
          continue;
        }
        Multiaddr next;
        try {
          next = Multiaddr.parse(text.substring("dnsaddr=".length()));
        } catch (MalformedException unknown) {
          continue;
        }
        if (wanted.isEmpty() || next.peerId().equals(wanted)) {
          follow(next, next.peerId(), depth - 1);
        }
      }
    }
  }
}
