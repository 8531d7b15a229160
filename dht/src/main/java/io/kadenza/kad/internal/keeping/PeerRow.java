package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.Optional;

/// A peer as a row's value: a protobuf of the peer, as it stands in messages, until which second
/// its addresses may be handed on, and the IP group from which it announced them.
///
/// @param ipGroup 0 if it is in none, or if an earlier version wrote the row
record PeerRow(PeerInfo peer, long ipGroup, long addressesExpire) {
  private static final int PEER = 1;
  private static final int EXPIRES = 2;
  private static final int IP_GROUP = 3;

  Bytes encode() {
    return new ProtoWriter()
        .bytes(PEER, PeerWire.encode(peer, PeerWire.MAX_ADDRESSES))
        .varint(EXPIRES, addressesExpire)
        .varint(IP_GROUP, ipGroup)
        .toBytes();
  }

  /// Empty if this is no such row.
  static Optional<PeerRow> decode(Bytes row) {
    try {
      var in = new ProtoReader(row.toArray());
      Contact peer = null;
      long expires = 0;
      long ipGroup = 0;
      while (in.next()) {
        switch (in.field()) {
          case PEER -> peer = PeerWire.decode(in.message(PeerWire.MAX_BYTES));
          case EXPIRES -> expires = in.varint();
          case IP_GROUP -> ipGroup = in.varint();
          default -> in.skip();
        }
      }
      return peer == null
          ? Optional.empty()
          : Optional.of(new PeerRow(peer.info(), ipGroup, expires));
    } catch (MalformedException notARow) {
      return Optional.empty();
    }
  }
}
