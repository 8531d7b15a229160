package io.kadenza.kad.key;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The protobuf message `Peer`: `bytes id = 1; repeated bytes addrs = 2; ConnectionType connection
/// = 3`.
///
/// We write no `connection`, which means NOT_CONNECTED: rust-libp2p drops peers with a value it
/// does not know, and nobody acts on the others. We read past whatever stands there.
public final class PeerWire {
  /// What go-libp2p takes of one peer, in and out.
  public static final int MAX_BYTES = 8 << 10;

  /// Real peers have a dozen addresses; each one we believe in is one we may dial.
  public static final int MAX_ADDRESSES = 64;

  private static final int MAX_ID_BYTES = 128;
  private static final int ID = 1;
  private static final int ADDRESS = 2;

  /// Tag and length of an address, at most.
  private static final int ADDRESS_FRAME = 3;

  private PeerWire() {}

  /// Writes a peer with its first addresses, as many as fit into [#MAX_BYTES] and at most
  /// `maxAddresses`.
  public static byte[] encode(PeerInfo peer, int maxAddresses) {
    var out = new ProtoWriter(256).bytes(ID, peer.id().bytes());
    int count = Math.min(maxAddresses, peer.addresses().size());
    for (int i = 0; i < count; i++) {
      Bytes address = peer.addresses().get(i).bytes();
      if (out.size() + address.size() + ADDRESS_FRAME > MAX_BYTES) {
        break;
      }
      out.bytes(ADDRESS, address);
    }
    return out.toByteArray();
  }

  /// Reads a peer; null if it has no valid id, so that one bad entry does not spoil a list.
  /// Addresses beyond the bounds are left out.
  public static @Nullable Contact decode(ProtoReader in) {
    PeerId id = null;
    var addresses = new ArrayList<Bytes>(8);
    int total = 0;
    try {
      while (in.next()) {
        switch (in.field()) {
          case ID -> id = PeerId.of(in.bytes(MAX_ID_BYTES));
          case ADDRESS -> {
            ByteBuffer address = in.slice(Integer.MAX_VALUE);
            total += ADDRESS_FRAME + Math.min(address.remaining(), MAX_BYTES);
            if (total <= MAX_BYTES
                && addresses.size() < MAX_ADDRESSES
                && address.remaining() <= Multiaddr.MAX_BYTES) {
              byte[] copy = new byte[address.remaining()];
              address.get(copy);
              addresses.add(Bytes.wrap(copy));
            }
          }
          default -> in.skip();
        }
        if (total > MAX_BYTES && id != null) {
          break;
        }
      }
    } catch (MalformedException notAPeer) {
      return null;
    }
    return id == null ? null : Contact.received(id, List.copyOf(addresses));
  }
}
