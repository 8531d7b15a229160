package io.kadenza.kad.record;

import io.kadenza.kad.key.IpGroups;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;

/// Who had a value stored, and whose shares it therefore counts against. Immutable.
///
/// @param ipGroup of the address that it came from ([IpGroups]); 0 if that is private or unknown
public record Sender(PeerId id, long ipGroup) {
  /// A peer at an address that belongs to nobody in particular, such as ourselves.
  public static Sender of(PeerId id) {
    return new Sender(id, 0);
  }

  /// A peer at the address that a connection leads to; what peers say of their addresses proves
  /// nothing.
  public static Sender of(PeerInfo connected) {
    long[] groups = IpGroups.of(connected.addresses().stream().map(Multiaddr::bytes).toList());
    return new Sender(connected.id(), groups.length == 0 ? 0 : groups[0]);
  }

  /// Those with the same number share what one network gets. Whoever is in no IP group is a network
  /// by itself.
  long network() {
    return ipGroup == 0 ? Integer.toUnsignedLong(id.hashCode()) : ipGroup;
  }
}
