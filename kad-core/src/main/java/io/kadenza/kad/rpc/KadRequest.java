package io.kadenza.kad.rpc;

import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// What one peer asks of another. A request carries only what its kind needs: peers stuffed into it
/// are gone once it is decoded, so nothing can echo them.
public sealed interface KadRequest {
  /// What the request is about: hashed, it is the target of the walk. Empty for [Ping].
  Bytes key();

  /// What the request is for.
  default MessageType type() {
    return switch (this) {
      case PutValue _ -> MessageType.PUT_VALUE;
      case GetValue _ -> MessageType.GET_VALUE;
      case AddProvider _ -> MessageType.ADD_PROVIDER;
      case GetProviders _ -> MessageType.GET_PROVIDERS;
      case FindNode _ -> MessageType.FIND_NODE;
      case Ping _ -> MessageType.PING;
    };
  }

  /// "In the request key must be set to the binary PeerId of the node to be found"; any other bytes
  /// ask for the peers closest to their hash.
  record FindNode(Bytes key) implements KadRequest {}

  record GetValue(Bytes key) implements KadRequest {}

  /// Asks to store a record.
  ///
  /// @param key as the message names it; the receiver checks that the record agrees
  record PutValue(Bytes key, Record record) implements KadRequest {
    public PutValue(Record record) {
      this(record.key(), record);
    }
  }

  record GetProviders(Bytes key) implements KadRequest {}

  /// Announces a provider.
  ///
  /// @param providers who is said to provide; only the sender itself is believed
  /// @param wantsAck whether the sender waits for an answer, as py-libp2p does; nobody else may get
  ///   one
  record AddProvider(Bytes key, List<PeerInfo> providers, boolean wantsAck) implements KadRequest {
    public AddProvider {
      providers = List.copyOf(providers);
    }

    public AddProvider(Bytes key, PeerInfo provider) {
      this(key, List.of(provider), false);
    }
  }

  /// Answered for those who still send it; never sent by us.
  record Ping() implements KadRequest {
    @Override
    public Bytes key() {
      return Bytes.EMPTY;
    }
  }
}
