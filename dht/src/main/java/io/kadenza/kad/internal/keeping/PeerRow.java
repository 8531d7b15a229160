package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.Optional;

/// A peer as a row's value: a protobuf of the peer, as it stands in messages, and until which
/// second its addresses may be handed on.
record PeerRow(PeerInfo peer, long addressesExpire) {
  private static final int PEER = 1;
  private static final int EXPIRES = 2;

  Bytes encode() {
    return new ProtoWriter()
        .bytes(PEER, PeerWire.encode(peer, PeerWire.MAX_ADDRESSES))
        .varint(EXPIRES, addressesExpire)
        .toBytes();
  }

  /// Empty if this is no such row.
  static Optional<PeerRow> decode(Bytes row) {
    try {
      var in = new ProtoReader(row.toArray());
      Contact peer = null;
      long expires = 0;
      while (in.next()) {
        switch (in.field()) {
          case PEER -> peer = PeerWire.decode(in.message(PeerWire.MAX_BYTES));
          case EXPIRES -> expires = in.varint();
          default -> in.skip();
        }
      }
      return peer == null ? Optional.empty() : Optional.of(new PeerRow(peer.info(), expires));
    } catch (MalformedException notARow) {
      return Optional.empty();
    }
  }
}
