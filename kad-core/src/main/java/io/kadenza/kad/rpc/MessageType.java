package io.kadenza.kad.rpc;

/// What a request is for, by the names that the specification gives them (kad-dht, "RPC messages").
public enum MessageType {
  PUT_VALUE,
  GET_VALUE,
  ADD_PROVIDER,
  GET_PROVIDERS,
  FIND_NODE,
  PING
}
