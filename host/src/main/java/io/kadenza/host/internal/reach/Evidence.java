package io.kadenza.host.internal.reach;

import io.kadenza.host.Reachability;
import io.kadenza.host.internal.net.IpRegion;
import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What speaks for and against that strangers can connect to this host. Pure: the monotonic time
/// comes with every call. Confined to its owner.
///
/// A connection that somebody outside has opened is the best evidence there is, and cannot be
/// forged: packets came in and went out. It takes two networks, neither of them our own, because
/// the firewall of a campus lets its neighbours in. What peers *say* of our address is worth less;
/// three networks must agree, and then it tells no more than that a router translates addresses, or
/// at which address we are known.
///
/// The host dials from other ports than it listens on, so its own packets open no way through a
/// router to the port it listens on. Should that change one day: whoever comes from an address that
/// we dialled a moment ago is no witness.
///
/// Once believed, one network is enough to go on believing: what comes and goes with single peers
/// is no state to announce to everybody.
final class Evidence {
  /// Networks from which peers must have come before they are believed.
  static final int WITNESSES = 2;

  /// How long a probe's result holds; AutoNAT repeats its own every quarter of an hour.
  private static final long PROBE_LIFE_NANOS = Duration.ofHours(1).toNanos();

  /// Longer than routers remember a connection attempt.
  private static final long DIALLED_NANOS = Duration.ofMinutes(10).toNanos();

  private static final int DIALLED_REMEMBERED = 1_024;

  private record Probe(boolean reachable, long at) {}

  private final Witnesses witnesses = new Witnesses();
  private final ObservedAddresses observed = new ObservedAddresses();
  private final Map<Multiaddr, Long> dialled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Multiaddr, Long> eldest) {
          return size() > DIALLED_REMEMBERED;
        }
      };

  private List<Multiaddr> listening = List.of();
  private Optional<Probe> probe = Optional.empty();
  private boolean believed;

  /// The host listens on these addresses from now on. What was known is worth nothing in another
  /// network, which it is if none of the addresses that lead out is left. Single ones come and go
  /// where the machine is as it was: those of containers, and IPv6's temporary ones.
  void listening(List<Multiaddr> addresses) {
    boolean elsewhere = Collections.disjoint(leadingOut(addresses), leadingOut(listening));
    listening = List.copyOf(addresses);
    if (elsewhere) {
      witnesses.clear();
      observed.clear();
      probe = Optional.empty();
      believed = false;
    }
  }

  private static List<Multiaddr> leadingOut(List<Multiaddr> addresses) {
    return addresses.stream().filter(address -> !address.isLoopback()).toList();
  }

  /// This host has dialled an address, whether or not anybody was there.
  void dialled(Multiaddr address, long now) {
    dialled.put(address.withoutPeer(), now);
  }

  /// A peer has connected, and proved who it is.
  void came(Multiaddr from, long now) {
    Long ours = dialled.get(from);
    if (ours == null || now - ours >= DIALLED_NANOS) {
      IpRegion.ofPublic(from).ifPresent(group -> witnesses.came(group, from, now));
    }
  }

  /// A connection that a peer had opened is over.
  void left(Multiaddr from, long now) {
    IpRegion.ofPublic(from).ifPresent(group -> witnesses.left(group, from, now));
  }

  /// A peer has said at which address it sees this host.
  ///
  /// @param by the peer's own address
  /// @param dialled whether the peer opened the connection
  void observed(Multiaddr by, Multiaddr us, boolean dialled) {
    if (!us.isPrivate() && us.ip().isPresent()) {
      IpRegion.ofPublic(by).ifPresent(group -> observed.add(group, us.withoutPeer(), dialled));
    }
  }

  /// A service that dials back has tried.
  void probed(boolean reachable, long now) {
    probe = Optional.of(new Probe(reachable, now));
  }

  /// What it all comes to.
  Reachability judge(long now) {
    if (listening.isEmpty()) {
      return Reachability.NOT_LISTENING;
    }
    if (probe.isPresent() && now - probe.get().at() < PROBE_LIFE_NANOS) {
      believed = probe.get().reachable();
      return believed ? Reachability.PUBLIC : Reachability.UNREACHABLE;
    }
    believed = witnesses.count(ownGroups(), now) >= (believed ? 1 : WITNESSES);
    if (believed) {
      return Reachability.PUBLIC;
    }
    Optional<InetAddress> seenAt = observed.ip();
    if (seenAt.isPresent() && listening.stream().noneMatch(a -> a.ip().equals(seenAt))) {
      return Reachability.TRANSLATED;
    }
    boolean local = listening.stream().allMatch(Multiaddr::isPrivate);
    return local ? Reachability.LOCAL : Reachability.UNCONFIRMED;
  }

  private Set<IpRegion> ownGroups() {
    Set<IpRegion> own = new HashSet<>();
    listening.forEach(address -> IpRegion.ofPublic(address).ifPresent(own::add));
    observed.ip().map(Multiaddr::ofIp).flatMap(IpRegion::ofPublic).ifPresent(own::add);
    return own;
  }

  /// Where peers outside reach this host although it does not listen there: what a router forwards
  /// to it. Only while it is believed to be reachable.
  Optional<Multiaddr> forwarded() {
    return believed ? observed.dialled().filter(a -> !listening.contains(a)) : Optional.empty();
  }

  /// How much is remembered in all.
  int remembered() {
    return witnesses.size() + observed.size() + dialled.size();
  }
}
