package io.kadenza.kad.rpc;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Optional;

/// What a peer answers, one kind for each kind of [KadRequest].
public sealed interface KadResponse {
  /// The peers closer to the key, if the kind of answer carries any.
  List<Contact> closer();

  /// To [KadRequest.FindNode].
  record Closer(List<Contact> closer) implements KadResponse {
    public Closer {
      closer = List.copyOf(closer);
    }
  }

  /// To [KadRequest.GetValue].
  record Value(Bytes key, Optional<Record> record, List<Contact> closer) implements KadResponse {
    public Value {
      closer = List.copyOf(closer);
    }
  }

  /// To [KadRequest.GetProviders].
  record Providers(Bytes key, List<PeerInfo> providers, List<Contact> closer)
      implements KadResponse {
    public Providers {
      providers = List.copyOf(providers);
      closer = List.copyOf(closer);
    }
  }

  /// To [KadRequest.PutValue]: its echo. A peer that says nothing of the record leaves it out.
  record Stored(Bytes key, Optional<Record> record) implements KadResponse {
    @Override
    public List<Contact> closer() {
      return List.of();
    }
  }

  /// To a [KadRequest.AddProvider] that wants an answer.
  record ProviderAdded(Bytes key) implements KadResponse {
    @Override
    public List<Contact> closer() {
      return List.of();
    }
  }

  /// To [KadRequest.Ping].
  record Pong() implements KadResponse {
    @Override
    public List<Contact> closer() {
      return List.of();
    }
  }
}
