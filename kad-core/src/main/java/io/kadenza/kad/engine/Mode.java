package io.kadenza.kad.engine;

/// The part a node plays (kad-dht, "Client and server mode").
public enum Mode {
  /// Asks, answers nobody, and appears in nobody's table.
  CLIENT,
  /// Asks and answers; advertises the protocol.
  SERVER
}
