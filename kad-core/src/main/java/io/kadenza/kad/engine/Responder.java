package io.kadenza.kad.engine;

import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.Optional;

/// Answers what other peers ask. Confined to the engine; a FIND_NODE may as well be answered by
/// [Neighbourhood] on any other.
final class Responder {
  private final Node node;
  private final Values values;

  Responder(Node node, Values values) {
    this.node = node;
    this.values = values;
  }

  void answer(EngineInput.Inbound inbound) {
    // "DHT Clients MUST NOT … offer the libp2p Kademlia protocol identifier for incoming streams":
    // whoever asks nevertheless was told so when we still were a server.
    if (node.mode == Mode.CLIENT) {
      refuse(inbound, "we are a client");
      return;
    }
    switch (inbound.request()) {
      case KadRequest.FindNode find -> findNode(inbound, find);
      case KadRequest.GetValue get -> getValue(inbound, get);
      case KadRequest.PutValue put -> putValue(inbound, put);
      case KadRequest.GetProviders get -> getProviders(inbound, get);
      case KadRequest.AddProvider add -> addProvider(inbound, add);
      case KadRequest.Ping _ -> reply(inbound, new KadResponse.Pong());
    }
  }

  private void findNode(EngineInput.Inbound inbound, KadRequest.FindNode find) {
    if (find.key().isEmpty()) {
      refuse(inbound, "FIND_NODE without a key");
    } else {
      reply(inbound, node.neighbourhood.findNode(inbound.target(), inbound.from().id()));
    }
  }

  /// Answers for keys of any namespace, known or not: whoever walks through here wants the closer
  /// peers.
  private void getValue(EngineInput.Inbound inbound, KadRequest.GetValue get) {
    Bytes key = get.key();
    if (!node.config.records().isKey(key)) {
      refuse(inbound, "GET_VALUE with a key of " + key.size() + " bytes");
      return;
    }
    var closest = node.neighbourhood.closest(inbound.target(), inbound.from().id());
    reply(inbound, new KadResponse.Value(key, values.get(key), closest));
  }

  /// "The target node validates record, and if it is valid, it stores it in the datastore and as a
  /// response echoes the request."
  private void putValue(EngineInput.Inbound inbound, KadRequest.PutValue put) {
    Record record = put.record();
    if (!put.key().equals(record.key())) {
      refuse(inbound, "PUT_VALUE with a record of another key");
      return;
    }
    Values.Decision decision = values.put(record, Sender.of(inbound.from()));
    if (!decision.verdict().isStored()) {
      refuse(inbound, "PUT_VALUE: " + decision.why());
      return;
    }
    if (node.watched) {
      node.happened(
          new EngineEvent.RecordStored(record.key(), record.value().size(), inbound.from().id()));
    }
    reply(inbound, new KadResponse.Stored(put.key(), Optional.of(record)));
  }

  private void getProviders(EngineInput.Inbound inbound, KadRequest.GetProviders get) {
    Bytes key = get.key();
    if (!ProviderLimits.isKey(key)) {
      refuse(inbound, "GET_PROVIDERS with a key of " + key.size() + " bytes");
      return;
    }
    var providers = node.providersOf(key);
    var closest = node.neighbourhood.closest(inbound.target(), inbound.from().id());
    reply(inbound, new KadResponse.Providers(key, providers, closest));
  }

  /// "Discard providerPeers whose Peer ID is not matching the sender's Peer ID"; go and js also
  /// want an address that can be read. Where nobody is left go resets the stream, as we do: who
  /// sent it would take it for kept.
  private void addProvider(EngineInput.Inbound inbound, KadRequest.AddProvider add) {
    if (!ProviderLimits.isKey(add.key())) {
      refuse(inbound, "ADD_PROVIDER with a key of " + add.key().size() + " bytes");
      return;
    }
    for (PeerInfo provider : add.providers()) {
      if (provider.id().equals(inbound.from().id()) && !provider.addresses().isEmpty()) {
        store(inbound, add, provider);
        return;
      }
    }
    refuse(inbound, "ADD_PROVIDER that does not name its sender with an address");
  }

  private void store(EngineInput.Inbound inbound, KadRequest.AddProvider add, PeerInfo provider) {
    // Whoever is only behind relays or routers now is still a provider, though without an address.
    PeerInfo kept = node.config.addresses().filter(provider);
    var verdict = node.providers.add(add.key(), kept, Sender.of(inbound.from()), node.now.wall());
    if (!verdict.isStored()) {
      refuse(inbound, "ADD_PROVIDER: " + verdict);
      return;
    }
    if (node.watched) {
      node.happened(new EngineEvent.ProviderStored(add.key(), provider.id()));
    }
    if (add.wantsAck()) {
      reply(inbound, new KadResponse.ProviderAdded(add.key()));
    } else {
      node.emit(new EngineEffect.Accepted(inbound.requestId()));
      tellServed(inbound);
    }
  }

  private void reply(EngineInput.Inbound inbound, KadResponse response) {
    node.emit(new EngineEffect.Reply(inbound.requestId(), response));
    tellServed(inbound);
  }

  private void tellServed(EngineInput.Inbound inbound) {
    if (node.watched) {
      node.happened(new EngineEvent.RpcServed(inbound.from().id(), inbound.request().type()));
    }
  }

  private void refuse(EngineInput.Inbound inbound, String why) {
    node.emit(new EngineEffect.Refuse(inbound.requestId(), why));
    if (node.watched) {
      node.happened(new EngineEvent.RpcRefused(inbound.from().id(), inbound.request().type(), why));
    }
  }
}
