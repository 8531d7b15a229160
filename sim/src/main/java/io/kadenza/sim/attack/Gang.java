package io.kadenza.sim.attack;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.sim.net.Census;
import io.kadenza.sim.net.SimNode;
import java.util.ArrayList;
import java.util.List;

/// All liars of a network, who know each other and stick together.
public final class Gang {
  private final List<SimNode> members = new ArrayList<>();
  private final List<PeerInfo> inventions;
  private Census census = new Census(List.of());

  /// @param inventions peers that do not exist, to be named as providers
  public Gang(List<PeerInfo> inventions) {
    this.inventions = List.copyOf(inventions);
  }

  /// Takes in further members.
  public void join(List<SimNode> more) {
    members.addAll(more);
    census = new Census(members);
  }

  /// The members closest to a key, as contacts.
  List<Contact> closest(KadKey target, int count, SimNode without) {
    var contacts = new ArrayList<Contact>(count);
    for (SimNode member : census.closest(target, count, node -> node != without)) {
      contacts.add(member.contact());
    }
    return contacts;
  }

  List<PeerInfo> inventions() {
    return inventions;
  }
}
