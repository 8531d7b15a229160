package io.kadenza.host.internal.dial;

import io.kadenza.host.DialException;
import io.kadenza.host.DialException.Reason;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which addresses are tried for a wish, and in which order: names become literals, and what this
/// host cannot or had better not dial is left out. Safe for use by any thread.
final class Candidates {
  /// Addresses tried in one attempt: a peer may claim dozens, most of them dead.
  private static final int MAX = 16;

  /// Those of one host: whoever names a hundred ports of another's host has us scan it.
  private static final int PER_HOST_MAX = 4;

  /// How long names are waited for before the addresses without one are tried alone: those of a
  /// peer lead to the same host as a rule.
  private static final Duration HASTE = Duration.ofMillis(500);

  private final DialBackoff backoff;

  Candidates(DialBackoff backoff) {
    this.backoff = backoff;
  }

  /// One address at least; blocks while names are asked about.
  ///
  /// @throws DialException if there is none
  List<Multiaddr> of(@Nullable PeerId peer, Wish wish, Inquiry inquiry) {
    var found = new Found(peer, wish.willing(), new Resolver(inquiry));
    wish.addresses().stream().filter(address -> !Resolver.isName(address)).forEach(found::add);
    if (!found.wanted.isEmpty()) {
      inquiry.hurry(HASTE);
    }
    wish.addresses().stream().filter(Resolver::isName).forEach(found::add);
    if (found.wanted.isEmpty()) {
      throw none(peer, wish.addresses(), found.unwanted, inquiry);
    }
    return wish.insist()
        ? AddressOrder.of(List.copyOf(found.wanted)).stream().limit(MAX).toList()
        : few(found.wanted);
  }

  /// What the addresses of a wish turn out to be.
  private record Found(
      @Nullable PeerId peer,
      Predicate<Multiaddr> willing,
      Resolver resolver,
      Set<Multiaddr> wanted,
      Set<Multiaddr> unwanted) {
    Found(@Nullable PeerId peer, Predicate<Multiaddr> willing, Resolver resolver) {
      this(peer, willing, resolver, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    void add(Multiaddr address) {
      for (Multiaddr resolved : resolver.resolve(address, peer)) {
        Multiaddr plain = resolved.withoutPeer();
        if (TcpTransport.supports(plain)) {
          (willing.test(plain) ? wanted : unwanted).add(plain);
        }
      }
    }
  }

  private List<Multiaddr> few(Set<Multiaddr> literal) {
    List<Multiaddr> rested = literal.stream().filter(address -> !backoff.holds(address)).toList();
    if (rested.isEmpty()) {
      throw new DialException(
          Reason.BACKOFF, "all addresses failed a moment ago: " + List.copyOf(literal));
    }
    Map<Optional<InetAddress>, Integer> ofHost = new HashMap<>();
    return AddressOrder.of(rested).stream()
        .filter(address -> ofHost.merge(address.ip(), 1, Integer::sum) <= PER_HOST_MAX)
        .limit(MAX)
        .toList();
  }

  private static DialException none(
      @Nullable PeerId peer, Set<Multiaddr> known, Set<Multiaddr> unwanted, Inquiry inquiry) {
    String whose = peer == null ? "the peer" : peer.toString();
    if (!unwanted.isEmpty()) {
      return new DialException(
          Reason.NO_ADDRESS, "no address of " + whose + " that this network may dial: " + unwanted);
    }
    Optional<String> unanswered = inquiry.unanswered();
    if (unanswered.isPresent()) {
      return new DialException(
          Reason.TIMEOUT,
          noAnswerFor(unanswered.get())
              + " in the time allowed, to find "
              + whose
              + " at "
              + known);
    }
    List<Multiaddr> asked = known.stream().filter(Resolver::isAskedFor).toList();
    if (!asked.isEmpty()) {
      return new DialException(
          Reason.NO_ADDRESS,
          "no TCP address comes of asking DNS for "
              + asked
              + "; is there a name server, and does the name know "
              + whose
              + "?");
    }
    return new DialException(
        Reason.NO_ADDRESS,
        "no address of " + whose + " that can be dialled (/ip4|ip6|dns…/tcp/PORT): " + known);
  }

  static String noAnswerFor(String name) {
    return "DNS gave no answer for " + name;
  }
}
