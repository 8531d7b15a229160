package io.kadenza.node;

import io.kadenza.kad.engine.Mode;
import java.util.Locale;

/// Which part a node is to play in the DHT.
public enum Part {
  SERVER,
  CLIENT,
  /// A server as long as others can reach the node, else a client.
  AUTO;

  /// As the command line and the lesson spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The part that is played now.
  public static Part of(Mode mode) {
    return mode == Mode.SERVER ? SERVER : CLIENT;
  }
}
