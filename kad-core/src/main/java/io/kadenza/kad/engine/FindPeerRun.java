package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.Optional;

/// Finds out where a peer is. It stops when the peer itself has answered, or when β others agree
/// that they know it: one alone could say anything.
final class FindPeerRun extends WalkRun<Outcome.PeerFound> {
  private final PeerId peer;
  private final Whereabouts where;
  private int witnesses;

  FindPeerRun(Node node, long id, long deadline, Operation.FindPeer operation) {
    super(node, id, deadline);
    this.peer = operation.peer();
    this.where = new Whereabouts(peer);
  }

  @Override
  void start() {
    boolean isOurselves = peer.equals(node.id);
    Contact known = isOurselves ? node.neighbourhood.own() : node.met(KadKey.of(peer));
    if (known != null) {
      PeerInfo info = node.config.addresses().filter(known).info();
      if (isOurselves || (!info.addresses().isEmpty() && node.connected.contains(peer))) {
        done(new Outcome.PeerFound(Optional.of(info), LookupStats.none(Termination.STOPPED)));
        return;
      }
      where.add(info.addresses());
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
          where.add(seen.info().addresses());
          witnesses++;
          progress(new Finding.PeerSeen(seen.info(), from.info()));
        });
    if (from.id().equals(peer)) {
      where.reachedAt(from.info().addresses());
      return true;
    }
    return witnesses >= node.config.lookup().beta();
  }

  @Override
  public void walked(Walk walk) {
    PeerInfo found = where.info();
    done(
        new Outcome.PeerFound(
            found.addresses().isEmpty() ? Optional.empty() : Optional.of(found), walk.stats()));
  }
}
