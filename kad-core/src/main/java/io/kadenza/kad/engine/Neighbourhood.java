package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.table.TableSnapshot;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Whom a node knows, as far as other peers may ask. Written by the engine alone; read from any
/// thread, so that a FIND_NODE is answered where it arrives, without a visit to the engine's
/// thread.
public final class Neighbourhood {
  private final KadKey self;
  private final int k;
  private final AddressPolicy addresses;

  /// Peers met in person that were not in the table then or have left it, clients included.
  private final MetPeers met;

  private volatile TableSnapshot table;
  private volatile Contact own;
  private volatile boolean serving;
  private volatile OptionalDouble networkSize = OptionalDouble.empty();

  /// What a question for ourselves was answered with last: whoever wants to know whether we are
  /// there asks that, and it stays true until somebody comes or goes. Null until the first. Racing
  /// threads write equal values.
  private @Nullable Surroundings surroundings;

  Neighbourhood(Contact own, KadConfig config, TableSnapshot table) {
    this.self = own.key();
    this.own = own;
    this.k = config.k();
    this.addresses = config.addresses();
    this.met = new MetPeers(config.maxContacts());
    this.table = table;
  }

  /// Whether the node is a server: if not, nothing is to be answered.
  public boolean isServing() {
    return serving;
  }

  /// The table as it was after the engine's last step.
  public TableSnapshot table() {
    return table;
  }

  /// How many servers the network is estimated to have; empty until enough walks were made.
  public OptionalDouble networkSize() {
    return networkSize;
  }

  /// Answers a FIND_NODE: the k closest peers, "excluding self and the requester". The target
  /// itself comes first whenever we know it, "even if the target node isn't a DHT Server", and also
  /// if it is the requester or ourselves: go-libp2p admits a peer to its table only after it has
  /// named itself. Nobody is named at addresses that the policy does not admit.
  public KadResponse.Closer findNode(Bytes key, PeerId requester) {
    return findNode(KadKey.of(key), requester);
  }

  /// The same, where it is known where the key lives.
  public KadResponse.Closer findNode(KadKey target, PeerId requester) {
    return target.equals(self) ? findUs(requester) : find(target, requester);
  }

  private KadResponse.Closer findUs(PeerId requester) {
    TableSnapshot presentTable = table;
    Contact presentSelf = own;
    Surroundings known = surroundings;
    if (known == null || !known.areOf(presentTable, presentSelf)) {
      known = new Surroundings(presentTable, presentSelf, find(self, presentSelf.id()));
      surroundings = known;
    }
    return known.name(requester) ? find(self, requester) : known.answer;
  }

  private KadResponse.Closer find(KadKey target, PeerId requester) {
    List<Contact> closest = closest(target, requester);
    if (!closest.isEmpty() && closest.getFirst().isAt(target)) {
      return new KadResponse.Closer(closest);
    }
    boolean asksForUs = target.equals(self);
    Contact itself = asksForUs ? own : known(target);
    if (itself == null) {
      return new KadResponse.Closer(closest);
    }
    Contact first = addresses.filter(itself);
    if (!(first.hasAddresses() || asksForUs)) {
      return new KadResponse.Closer(closest);
    }
    var all = new ArrayList<Contact>(closest.size() + 1);
    all.add(first);
    all.addAll(closest);
    return new KadResponse.Closer(all);
  }

  /// The k closest peers that answer and whose addresses are known, without the requester.
  public List<Contact> closest(KadKey target, PeerId requester) {
    List<Contact> closest = table.closest(target, k, requester);
    for (Contact contact : closest) {
      if (!contact.hasAddresses()) {
        return closest.stream().filter(Contact::hasAddresses).toList();
      }
    }
    return closest;
  }

  /// A peer that is not among the closest to its own key: one outside the table, or the requester.
  private @Nullable Contact known(KadKey key) {
    Contact inTable = table.get(key);
    return inTable == null ? metOutside(key) : inTable;
  }

  /// A peer met in person that was not in the table then, null if it is not known.
  @Nullable Contact metOutside(KadKey key) {
    return met.get(key);
  }

  /// Remembers a peer; tells whether it is new.
  boolean meet(Contact contact) {
    return met.meet(contact);
  }

  Contact own() {
    return own;
  }

  void own(Contact contact) {
    own = contact;
  }

  void networkSize(OptionalDouble estimate) {
    networkSize = estimate;
  }

  void serving(boolean value) {
    serving = value;
  }

  void publish(TableSnapshot snapshot) {
    if (snapshot != table) {
      table = snapshot;
    }
  }

  /// Whom we name to somebody who is not among them. Immutable.
  private record Surroundings(TableSnapshot table, Contact own, KadResponse.Closer answer) {
    @SuppressWarnings("ReferenceEquality") // every change makes a new one
    boolean areOf(TableSnapshot presentTable, Contact presentSelf) {
      return table == presentTable && own == presentSelf;
    }

    boolean name(PeerId peer) {
      for (Contact contact : answer.closer()) {
        if (contact.isPeer(peer)) {
          return true;
        }
      }
      return false;
    }
  }
}
