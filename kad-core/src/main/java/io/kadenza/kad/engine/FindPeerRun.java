package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out where a peer is. It stops when the peer itself has answered, or when β others agree
/// that they know it: one alone could say anything.
final class FindPeerRun extends WalkRun {
  private final PeerId peer;
  private final Set<Multiaddr> addresses = new LinkedHashSet<>();
  private int witnesses;

  FindPeerRun(Node node, long id, long deadline, Operation.FindPeer operation) {
    super(node, id, deadline);
    this.peer = operation.peer();
  }

  @Override
  void start() {
    Contact known = peer.equals(node.id) ? node.neighbourhood.own() : node.met(KadKey.of(peer));
    if (known != null) {
      addresses.addAll(node.config.addresses().filter(known).info().addresses());
    }
    if (peer.equals(node.id) || (!addresses.isEmpty() && node.connected.contains(peer))) {
      done(new Outcome.PeerFound(found(), LookupStats.none(Termination.STOPPED)));
      return;
    }
    walk(new KadRequest.FindNode(peer.bytes()));
  }

  @Override
  public boolean heard(Contact from, KadResponse response) {
    response.closer().stream()
        .filter(contact -> contact.id().equals(peer))
        .map(node.config.addresses()::filter)
        .filter(Contact::hasAddresses)
        .findFirst()
        .ifPresent(seen -> {
          collect(seen);
          witnesses++;
          progress(new Finding.PeerSeen(seen.info(), from.info()));
        });
    if (from.id().equals(peer)) {
      // Those at which it was reached come first, whatever others say.
      var heard = List.copyOf(addresses);
      addresses.clear();
      addresses.addAll(from.info().addresses());
      addresses.addAll(heard);
      return true;
    }
    return witnesses >= node.config.lookup().beta();
  }

  private void collect(Contact seen) {
    seen.info().addresses().stream().limit(Whereabouts.MAX_FROM_ONE).forEach(addresses::add);
  }

  private Optional<PeerInfo> found() {
    return addresses.isEmpty() && !peer.equals(node.id)
        ? Optional.empty()
        : Optional.of(
            new PeerInfo(peer, addresses.stream().limit(Whereabouts.MAX_ADDRESSES).toList()));
  }

  @Override
  public void walked(Walk walk) {
    done(new Outcome.PeerFound(found(), walk.stats()));
  }
}
