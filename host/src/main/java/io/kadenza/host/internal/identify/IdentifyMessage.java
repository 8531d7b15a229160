package io.kadenza.host.internal.identify;

import io.kadenza.crypto.PeerRecord;
import io.kadenza.host.Identification;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The identify message and the bounds that are put on it.
public final class IdentifyMessage {
  /// What go-libp2p sends in one piece at most; larger messages come in several, merged by field.
  public static final int CHUNK_MAX = 8 * 1024;

  /// Pieces accepted of one peer, as go-libp2p does.
  public static final int CHUNKS_MAX = 10;

  private static final int PROTOCOLS_MAX = 1_024;

  /// As long as a negotiation can name.
  private static final int PROTOCOL_LENGTH_MAX = 1_023;

  private static final int ADDRESSES_MAX = 64;
  private static final int ADDRESS_LENGTH_MAX = 1_024;

  /// Bytes read of what a peer calls its software; a message with more is not read.
  public static final int TEXT_MAX = 256;

  private static final int PUBLIC_KEY = 1;
  private static final int LISTEN_ADDRS = 2;
  private static final int PROTOCOLS = 3;
  private static final int OBSERVED_ADDR = 4;
  private static final int PROTOCOL_VERSION = 5;
  private static final int AGENT_VERSION = 6;
  private static final int SIGNED_PEER_RECORD = 8;

  /// What is known of a peer that has said nothing.
  private static final Identification NOTHING =
      new Identification("", "", List.of(), List.of(), false, Optional.empty());

  private @Nullable String agent;
  private @Nullable String protocolVersion;
  private final Set<String> protocols = new LinkedHashSet<>();
  private final List<Multiaddr> addresses = new ArrayList<>();
  private boolean listens;
  private @Nullable Multiaddr observed;

  /// The last of those there were: to open one costs a signature's verification, and a message has
  /// room for hundreds.
  private byte @Nullable [] envelope;

  private IdentifyMessage() {}

  /// Encodes our own message, without its length prefix.
  ///
  /// @param envelope the signed peer record
  public static byte[] encode(
      byte[] publicKey,
      List<Multiaddr> addresses,
      List<String> protocols,
      Multiaddr observed,
      String agent,
      byte[] envelope) {
    var out = new ProtoWriter(512);
    out.bytes(PUBLIC_KEY, publicKey);
    for (Multiaddr address : addresses) {
      out.bytes(LISTEN_ADDRS, address.bytes());
    }
    for (String protocol : protocols) {
      out.utf8(PROTOCOLS, protocol);
    }
    out.bytes(OBSERVED_ADDR, observed.bytes());
    out.utf8(PROTOCOL_VERSION, "ipfs/0.1.0");
    out.utf8(AGENT_VERSION, agent);
    out.bytes(SIGNED_PEER_RECORD, envelope);
    return out.toByteArray();
  }

  /// Reads all that a peer sent on its identify stream: one or more length-prefixed messages, or,
  /// as py-libp2p before 0.3 sends it, a single one without a prefix.
  ///
  /// @throws MalformedException if it is neither
  public static Identification decode(byte[] stream, PeerId sender) {
    return decode(stream, sender, NOTHING, PeerRecord::open);
  }

  /// Reads what a peer pushed, in the same form. "Missing fields should be ignored, as peers may
  /// choose to send partial updates": they are as the peer has said before, but for our own
  /// address, which goes with a connection.
  ///
  /// @throws MalformedException as [#decode]
  public static Identification decodePush(
      byte[] stream, PeerId sender, Optional<Identification> before) {
    return decode(stream, sender, before.orElse(NOTHING), PeerRecord::open);
  }

  /// @param opener opens a signed peer record
  static Identification decode(
      byte[] stream, PeerId sender, Identification before, Function<byte[], PeerRecord> opener) {
    IdentifyMessage message;
    try {
      message = prefixed(stream);
    } catch (MalformedException notPrefixed) {
      message = new IdentifyMessage();
      message.merge(new ProtoReader(stream));
    }
    return message.identification(sender, before, opener);
  }

  private static IdentifyMessage prefixed(byte[] stream) {
    var message = new IdentifyMessage();
    int at = 0;
    for (int chunk = 0; at < stream.length; chunk++) {
      if (chunk == CHUNKS_MAX) {
        throw new MalformedException("identify in more than " + CHUNKS_MAX + " pieces");
      }
      long length = 0;
      int shift = 0;
      while (true) {
        if (at == stream.length || shift > 28) {
          throw new MalformedException("identify: bad length prefix");
        }
        byte b = stream[at++];
        length |= (long) (b & 0x7f) << shift;
        shift += 7;
        if (b >= 0) {
          break;
        }
      }
      if (length > CHUNK_MAX || length > stream.length - at) {
        throw new MalformedException("identify: a piece of " + length + " bytes");
      }
      message.merge(new ProtoReader(stream, at, (int) length));
      at += (int) length;
    }
    return message;
  }

  private void merge(ProtoReader in) {
    while (in.next()) {
      switch (in.field()) {
        case LISTEN_ADDRS -> {
          listens = true;
          address(in.bytes(ADDRESS_LENGTH_MAX)).ifPresent(this::addAddress);
        }
        case PROTOCOLS -> {
          String protocol = in.utf8(PROTOCOL_LENGTH_MAX);
          if (protocols.size() < PROTOCOLS_MAX) {
            protocols.add(protocol);
          }
        }
        case OBSERVED_ADDR ->
            observed =
                address(in.bytes(ADDRESS_LENGTH_MAX)).map(Multiaddr::withoutPeer).orElse(null);
        case PROTOCOL_VERSION -> protocolVersion = in.utf8(TEXT_MAX);
        case AGENT_VERSION -> agent = in.utf8(TEXT_MAX);
        case SIGNED_PEER_RECORD -> envelope = in.bytes(CHUNK_MAX);
        default -> in.skip();
      }
    }
  }

  private void addAddress(Multiaddr address) {
    if (addresses.size() < ADDRESSES_MAX) {
      addresses.add(address.withoutPeer());
    }
  }

  /// An address of a kind that we do not know is passed over; it does not spoil the message.
  private static Optional<Multiaddr> address(byte[] bytes) {
    try {
      Multiaddr address = Multiaddr.of(bytes);
      return address.isEmpty() ? Optional.empty() : Optional.of(address);
    } catch (MalformedException unknown) {
      return Optional.empty();
    }
  }

  private Identification identification(
      PeerId sender, Identification before, Function<byte[], PeerRecord> opener) {
    PeerRecord record = envelope == null ? null : record(envelope, sender, opener);
    List<Multiaddr> known = listens ? addresses : before.addresses();
    if (record != null) {
      known = record.addresses().stream().limit(ADDRESSES_MAX).map(Multiaddr::withoutPeer).toList();
    }
    return new Identification(
        agent == null ? before.agent() : agent,
        protocolVersion == null ? before.protocolVersion() : protocolVersion,
        protocols.isEmpty() ? before.protocols() : List.copyOf(protocols),
        known,
        record != null || (!listens && before.certified()),
        Optional.ofNullable(observed));
  }

  /// A record of another peer than the sender, however well signed, is of no use here
  /// (CVE-2023-40583).
  private static @Nullable PeerRecord record(
      byte[] envelope, PeerId sender, Function<byte[], PeerRecord> opener) {
    try {
      PeerRecord opened = opener.apply(envelope);
      return opened.peer().equals(sender) ? opened : null;
    } catch (MalformedException forged) {
      return null;
    }
  }
}
