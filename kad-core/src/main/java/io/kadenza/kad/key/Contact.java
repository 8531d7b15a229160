package io.kadenza.kad.key;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A peer as the keyspace sees it: who it is, where its id lives, and its addresses. Immutable and
/// shared: one contact serves the table, its snapshots, the lookups and the replies at once.
public final class Contact {
  private static final byte CAN_BE_DIALLED = 1;
  private static final byte CANNOT_BE_DIALLED = 2;

  private final PeerId id;
  private final KadKey key;

  /// The first 64 bits of the key: they tell nearly all keys apart, and are compared without
  /// following a reference.
  private final long high;

  private final int idHash;
  private final List<Bytes> received;

  /// Null until first asked for: of the peers that one answer names, most are never dialled. Racing
  /// threads compute equal values.
  private @Nullable PeerInfo info;

  /// The contact as it stands in replies, null until the first one. Racing threads compute equal
  /// values.
  private byte @Nullable [] wire;

  /// Null until first asked for. Racing threads compute equal values.
  private long @Nullable [] ipGroups;

  /// Zero until first asked for. Racing threads compute equal values.
  private int ipMark;

  /// Beside the other answers to what is asked of every contact that a message names. Zero until
  /// first asked for. Racing threads compute equal values.
  private byte dialling;

  private Contact(PeerId id, KadKey key, List<Bytes> received, @Nullable PeerInfo info) {
    this.id = id;
    this.key = key;
    this.high = key.high();
    this.idHash = id.hashCode();
    this.received = received;
    this.info = info;
  }

  public static Contact of(PeerInfo info) {
    return new Contact(info.id(), KadKey.of(info.id()), List.of(), info);
  }

  /// A peer without known addresses.
  public static Contact of(PeerId id) {
    return of(new PeerInfo(id, List.of()));
  }

  /// A peer that another one named. Its addresses are read when they are needed; those that are no
  /// addresses are then left out.
  public static Contact received(PeerId id, List<Bytes> addresses) {
    return new Contact(id, KadKey.of(id), List.copyOf(addresses), null);
  }

  /// The same peer at other addresses.
  public Contact at(PeerInfo elsewhere) {
    if (!elsewhere.id().equals(id)) {
      throw new IllegalArgumentException(elsewhere.id() + " is not " + id);
    }
    return new Contact(id, key, List.of(), elsewhere);
  }

  /// This contact with its addresses read once and for all: for those who keep it.
  public Contact settled() {
    return received.isEmpty() ? this : new Contact(id, key, List.of(), info());
  }

  public PeerId id() {
    return id;
  }

  public KadKey key() {
    return key;
  }

  /// The first 64 bits of the key.
  public long high() {
    return high;
  }

  /// How many leading bits of the key a point shares.
  public int commonPrefixLength(KadKey point) {
    return high != point.high()
        ? Long.numberOfLeadingZeros(high ^ point.high())
        : key.commonPrefixLength(point);
  }

  /// Whether this contact lives at that point.
  public boolean isAt(KadKey point) {
    return point.high() == high && point.equals(key);
  }

  /// Whether this is that peer.
  public boolean isPeer(PeerId peer) {
    return peer.hashCode() == idHash && peer.equals(id);
  }

  /// Whether this contact is closer to a target than another one is.
  public boolean isCloserTo(KadKey target, Contact other) {
    return high != other.high
        ? Long.compareUnsigned(high ^ target.high(), other.high ^ target.high()) < 0
        : target.compareDistance(key, other.key) < 0;
  }

  public PeerInfo info() {
    PeerInfo known = info;
    if (known == null) {
      known = new PeerInfo(id, readAddresses());
      info = known;
    }
    return known;
  }

  /// The peers that these contacts are.
  public static List<PeerInfo> infos(List<Contact> contacts) {
    var infos = new PeerInfo[contacts.size()];
    Arrays.setAll(infos, i -> contacts.get(i).info());
    return List.of(infos);
  }

  private List<Multiaddr> readAddresses() {
    var addresses = new ArrayList<Multiaddr>(received.size());
    for (Bytes address : received) {
      try {
        addresses.add(Multiaddr.of(address.toArray()));
      } catch (MalformedException skipped) {
        // "Unparseable addresses: skip that address, keep the peer."
      }
    }
    return addresses;
  }

  /// Whether at least one usable address is known.
  public boolean hasAddresses() {
    byte known = dialling;
    if (known == 0) {
      known = info().addresses().isEmpty() ? CANNOT_BE_DIALLED : CAN_BE_DIALLED;
      dialling = known;
    }
    return known == CAN_BE_DIALLED;
  }

  /// Whether another contact of this peer has the same addresses. Most often it is this very one,
  /// which is seen without a look at them.
  @SuppressWarnings("ReferenceEquality")
  public boolean hasAddressesOf(Contact other) {
    return other == this || info().addresses().equals(other.info().addresses());
  }

  /// The addresses in their binary form, unread: some may be no addresses.
  public List<Bytes> addressBytes() {
    PeerInfo known = info;
    if (known == null) {
      return received;
    }
    var bytes = new ArrayList<Bytes>(known.addresses().size());
    for (Multiaddr address : known.addresses()) {
      bytes.add(address.bytes());
    }
    return bytes;
  }

  /// How many bytes the addresses have in their binary form.
  public int addressSize() {
    int sum = 0;
    PeerInfo known = info;
    if (known == null) {
      for (Bytes address : received) {
        sum += address.size();
      }
    } else {
      for (Multiaddr address : known.addresses()) {
        sum += address.bytes().size();
      }
    }
    return sum;
  }

  /// The distinct [IpGroups] of its public addresses. Shared: not to be written to.
  public long[] ipGroups() {
    long[] known = ipGroups;
    if (known == null) {
      known = IpGroups.of(addressBytes());
      VarHandle.storeStoreFence();
      ipGroups = known;
    }
    return known;
  }

  /// A number that stands for [#ipGroups], see [IpGroups#mark].
  public int ipMark() {
    int known = ipMark;
    if (known == 0) {
      known = IpGroups.mark(ipGroups());
      ipMark = known;
    }
    return known;
  }

  /// This contact as a protobuf `Peer`, of at most [PeerWire#MAX_BYTES]. Shared: not to be written
  /// to.
  public byte[] wire() {
    byte[] known = wire;
    if (known == null) {
      known = PeerWire.encode(info(), PeerWire.MAX_ADDRESSES);
      // An array has no final fields: whoever sees it is to see what is in it.
      VarHandle.storeStoreFence();
      wire = known;
    }
    return known;
  }

  /// By peer: addresses come and go.
  @Override
  public boolean equals(Object o) {
    return o == this || (o instanceof Contact other && high == other.high && key.equals(other.key));
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return id.shortName() + "@" + key.toString().substring(0, 8);
  }
}
