package io.kadenza.kad.key;

import io.kadenza.multiformats.wire.ProtoReader;
import org.jspecify.annotations.Nullable;

/// Contacts by the bytes that they were read from, some hundred of the last: in one walk everybody
/// names the same peers in the same words, and who has been read before need not be hashed again,
/// nor its addresses read. Equal bytes make equal contacts, whoever sent them.
///
/// Safe for use by any thread: what is in a place is immutable, and of racing threads one wins.
public final class SeenContacts {
  /// A power of two, some times the peers that a walk hears of.
  private static final int PLACES = 512;

  /// A dozen addresses. With more, a peer is read each time: all copies together have 256 KiB.
  private static final int MAX_BYTES = 512;

  /// Behind the tags and lengths, the key type and the multihash, where ids differ.
  private static final int VARIED = 12;

  private static final class Seen {
    private final byte[] wire;
    private final Contact contact;

    Seen(byte[] wire, Contact contact) {
      this.wire = wire;
      this.contact = contact;
    }
  }

  private final @Nullable Seen[] places = new Seen[PLACES];

  /// Nobody has been seen.
  public SeenContacts() {}

  /// What [PeerWire#decode] reads.
  public @Nullable Contact decode(ProtoReader in) {
    int length = in.left();
    if (length < VARIED + Long.BYTES || length > MAX_BYTES) {
      return PeerWire.decode(in);
    }
    int place = (int) (in.peek(VARIED) ^ length) & (PLACES - 1);
    Seen seen = places[place];
    if (seen != null && in.hasLeft(seen.wire)) {
      return seen.contact;
    }
    byte[] wire = in.copyOfLeft();
    Contact contact = PeerWire.decode(in);
    if (contact != null) {
      places[place] = new Seen(wire, contact);
    }
    return contact;
  }
}
