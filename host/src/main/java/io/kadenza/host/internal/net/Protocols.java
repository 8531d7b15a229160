package io.kadenza.host.internal.net;

import io.kadenza.host.internal.negotiate.Negotiation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The protocols that a host serves. Safe for use by any thread.
public final class Protocols {
  private final Map<String, SinkFactory> served = new ConcurrentHashMap<>();

  /// @return false if the protocol is served already
  /// @throws IllegalArgumentException if nobody could ask for it
  public boolean add(String protocol, SinkFactory factory) {
    Negotiation.requireSendable(protocol);
    return served.putIfAbsent(protocol, factory) == null;
  }

  public boolean remove(String protocol) {
    return served.remove(protocol) != null;
  }

  public boolean serves(String protocol) {
    return served.containsKey(protocol);
  }

  public @Nullable SinkFactory factory(String protocol) {
    return served.get(protocol);
  }

  /// The names, sorted, as identify announces them.
  public List<String> names() {
    return served.keySet().stream().sorted().toList();
  }
}
