package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.List;

/// Which addresses of other peers are dialled, kept and passed on.
public enum AddressPolicy {
  /// All: for networks on one machine, in one house, or behind one router.
  ANY {
    @Override
    public boolean admits(Multiaddr address) {
      return true;
    }
  },

  /// Those that the public Internet can reach: "in public DHT swarms, DHT Servers MUST filter out
  /// private and loopback multiaddresses, and MUST NOT include DHT Servers whose only addresses are
  /// private or loopback" (IPFS kad-dht). Dialling the others looks like a scan of somebody's
  /// network.
  PUBLIC {
    @Override
    public boolean admits(Multiaddr address) {
      return !address.isPrivate();
    }
  },

  /// Those of a local network alone: for the one of two DHTs that stays in the house.
  LOCAL {
    @Override
    public boolean admits(Multiaddr address) {
      return address.isPrivate();
    }
  };

  /// Whether an address is of this kind. A name counts as public, unless it is one that is never
  /// looked up outside.
  public abstract boolean admits(Multiaddr address);

  final PeerInfo filter(PeerInfo peer) {
    if (this == ANY) {
      return peer;
    }
    List<Multiaddr> kept = new ArrayList<>(peer.addresses().size());
    for (Multiaddr address : peer.addresses()) {
      if (admits(address)) {
        kept.add(address);
      }
    }
    return kept.size() == peer.addresses().size() ? peer : new PeerInfo(peer.id(), kept);
  }

  /// The contact with those of its addresses that the policy admits.
  final Contact filter(Contact contact) {
    if (this == ANY) {
      return contact;
    }
    PeerInfo kept = filter(contact.info());
    return kept.equals(contact.info()) ? contact : contact.at(kept);
  }

  /// Whether a peer may be asked and named to others. One without any address may: we have a
  /// connection to it, and it is never named.
  final boolean admits(Contact contact) {
    return this == ANY
        || contact.info().addresses().isEmpty()
        || !filter(contact.info()).addresses().isEmpty();
  }
}
