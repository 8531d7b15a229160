package io.kadenza.gossip.rpc;

import java.util.List;

/// What one peer says to another at once: announcements, messages and control.
///
/// @param subscriptions the topics that the sender joins or leaves
/// @param publish messages, its own or relayed
/// @param control mesh upkeep and gossip
public record Rpc(List<SubOpts> subscriptions, List<Message> publish, Control control) {
  public Rpc {
    subscriptions = List.copyOf(subscriptions);
    publish = List.copyOf(publish);
  }

  /// An RPC that holds messages only.
  public static Rpc of(Message... messages) {
    return new Rpc(List.of(), List.of(messages), Control.NONE);
  }

  /// An RPC that holds announcements only.
  public static Rpc of(SubOpts... subscriptions) {
    return new Rpc(List.of(subscriptions), List.of(), Control.NONE);
  }

  /// An RPC that holds control only.
  public static Rpc of(Control control) {
    return new Rpc(List.of(), List.of(), control);
  }

  public boolean isEmpty() {
    return subscriptions.isEmpty() && publish.isEmpty() && control.isEmpty();
  }
}
