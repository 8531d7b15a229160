package io.kadenza.kad.rpc;

/// Field and enum numbers of the protobuf message (kad-dht, "RPC messages").
final class Wire {
  static final int TYPE = 1;
  static final int KEY = 2;
  static final int RECORD = 3;
  static final int CLOSER_PEERS = 8;
  static final int PROVIDER_PEERS = 9;

  /// py-libp2p's signed record of the sender, since 0.3.
  static final int SENDER_RECORD = 11;

  static final int PUT_VALUE = 0;
  static final int GET_VALUE = 1;
  static final int ADD_PROVIDER = 2;
  static final int GET_PROVIDERS = 3;
  static final int FIND_NODE = 4;
  static final int PING = 5;

  private Wire() {}

  static int type(KadRequest request) {
    return switch (request) {
      case KadRequest.PutValue _ -> PUT_VALUE;
      case KadRequest.GetValue _ -> GET_VALUE;
      case KadRequest.AddProvider _ -> ADD_PROVIDER;
      case KadRequest.GetProviders _ -> GET_PROVIDERS;
      case KadRequest.FindNode _ -> FIND_NODE;
      case KadRequest.Ping _ -> PING;
    };
  }

  static int type(KadResponse response) {
    return switch (response) {
      case KadResponse.Stored _ -> PUT_VALUE;
      case KadResponse.Value _ -> GET_VALUE;
      case KadResponse.ProviderAdded _ -> ADD_PROVIDER;
      case KadResponse.Providers _ -> GET_PROVIDERS;
      case KadResponse.Closer _ -> FIND_NODE;
      case KadResponse.Pong _ -> PING;
    };
  }
}
