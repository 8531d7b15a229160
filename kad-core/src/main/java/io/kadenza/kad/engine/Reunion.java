package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.upkeep.LostPeers;
import java.util.List;

/// The search for neighbours that were lost: if the network was cut in two, they lead to its other
/// half. Confined to the engine.
final class Reunion {
  /// As many times k of our lost neighbours are remembered.
  private static final int LOST_PER_K = 2;

  /// How many of them each refresh asks again.
  private static final int PER_REFRESH = 1;

  /// How many more are asked if one answers. One may have been away; when a network was in two
  /// halves, others are back too.
  private static final int IN_COMPANY = 2;

  private final Node node;
  private final LostPeers lost;

  /// How many have been found since a refresh last began to search.
  private int found;

  Reunion(Node node) {
    this.node = node;
    this.lost = new LostPeers(node.key, LOST_PER_K * node.config.k());
  }

  /// A peer has left the table because it did not answer.
  void lost(Contact contact) {
    lost.add(contact, node.seconds());
  }

  /// Whether a peer was lost and has not been found again.
  boolean misses(Contact contact) {
    return lost.contains(contact);
  }

  /// A peer has come back by itself: it looks around by itself too.
  void returned(Contact contact) {
    lost.remove(contact);
  }

  /// A refresh begins; tells whom to ask again.
  List<Contact> search() {
    found = 0;
    return lost.next(PER_REFRESH, node.seconds());
  }

  /// A peer has entered the table; tells whom to ask again because of it.
  List<Contact> admitted(Contact contact) {
    return lost.remove(contact) && ++found == 1 ? lost.next(IN_COMPANY, node.seconds()) : List.of();
  }

  /// Takes the news that several have been found, or the only one: there may be more where they
  /// were. False if there is none, or if it was taken already.
  boolean takeNews() {
    if (found == 0 || (found == 1 && lost.size() > 0)) {
      return false;
    }
    found = 0;
    return true;
  }
}
