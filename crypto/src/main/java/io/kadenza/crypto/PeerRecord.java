package io.kadenza.crypto;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/// Where a peer says it can be reached, in its own signed words (libp2p RFC 0003).
///
/// `seq` is an unsigned number; of two records the one with the higher number counts. At most
/// [#MAX_ADDRESSES] addresses.
public record PeerRecord(PeerId peer, long seq, List<Multiaddr> addresses) {
  /// What the peerstore keeps for a peer, as go-libp2p.
  public static final int MAX_ADDRESSES = 64;

  /// The domain of the signature, as all implementations have it.
  static final String DOMAIN = "libp2p-peer-record";

  /// The multicodec `libp2p-peer-record`.
  static final Bytes PAYLOAD_TYPE = Bytes.wrap(new byte[] {0x03, 0x01});

  private static final int PEER_ID = 1;
  private static final int SEQ = 2;
  private static final int ADDRESSES = 3;
  private static final int MULTIADDR = 1;
  private static final long LAST_SEQ = -1;

  public PeerRecord {
    if (addresses.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException(
          "a peer record of " + addresses.size() + " addresses; at most " + MAX_ADDRESSES);
    }
    addresses = List.copyOf(addresses);
  }

  /// Signs this record, which must be the signer's own.
  ///
  /// @throws IllegalArgumentException when it is another peer's
  public SignedEnvelope seal(Identity signer) {
    if (!peer.equals(signer.peerId())) {
      throw new IllegalArgumentException(
          "the record of " + peer + " is not for " + signer + " to sign");
    }
    return SignedEnvelope.seal(DOMAIN, PAYLOAD_TYPE, protobuf(), signer);
  }

  /// Opens a sealed record and checks that the peer it is about has signed it.
  ///
  /// Addresses that do not parse are left out, as are those after the first 64.
  ///
  /// @throws MalformedException when it is not a peer record, not signed, or signed by another peer
  public static PeerRecord open(byte[] envelope) {
    SignedEnvelope opened = SignedEnvelope.open(envelope, DOMAIN);
    if (!opened.payloadType().equals(PAYLOAD_TYPE)) {
      throw MalformedException.onWire("the envelope holds something else than a peer record");
    }
    return parse(opened.payload().toArray(), opened.publicKey().peerId());
  }

  /// "The receiving peer MUST verify that the peer_id matches the public_key from the envelope."
  private static PeerRecord parse(byte[] payload, PeerId signer) {
    Bytes peer = Bytes.EMPTY;
    long seq = 0;
    List<Multiaddr> addresses = new ArrayList<>();
    var in = new ProtoReader(payload);
    while (in.next()) {
      switch (in.field()) {
        case PEER_ID -> peer = in.value(SignedEnvelope.MAX_BYTES);
        case SEQ -> seq = in.varint();
        case ADDRESSES -> addAddress(in.message(SignedEnvelope.MAX_BYTES), addresses);
        default -> in.skip();
      }
    }
    if (!peer.equals(signer.bytes())) {
      throw MalformedException.onWire("the peer record is about another peer than its signer");
    }
    if (seq == LAST_SEQ) {
      throw MalformedException.onWire("the peer record has the last number: none could follow it");
    }
    return new PeerRecord(signer, seq, addresses);
  }

  private static void addAddress(ProtoReader in, List<Multiaddr> addresses) {
    Bytes address = Bytes.EMPTY;
    while (in.next()) {
      if (in.field() == MULTIADDR) {
        address = in.value(SignedEnvelope.MAX_BYTES);
      }
    }
    if (address.isEmpty() || addresses.size() == MAX_ADDRESSES) {
      return;
    }
    try {
      addresses.add(Multiaddr.of(address.toArray()));
    } catch (MalformedException e) {
      // A protocol of the future: the record's other addresses are good all the same.
      return;
    }
  }

  private Bytes protobuf() {
    var out = new ProtoWriter().bytes(PEER_ID, peer.bytes());
    if (seq != 0) {
      out.varint(SEQ, seq);
    }
    for (Multiaddr address : addresses) {
      if (!address.isEmpty()) {
        out.message(ADDRESSES, a -> a.bytes(MULTIADDR, address.bytes()));
      }
    }
    return out.toBytes();
  }
}
