package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import java.util.List;

/// What one peer says to another at once: announcements, messages and control.
///
/// @param subscriptions the topics that the sender joins or leaves
/// @param publish messages, its own or relayed
/// @param control mesh upkeep and gossip
public record Rpc(List<SubOpts> subscriptions, List<Message> publish, Control control) {
  /// The room that an RPC or one of its entries takes beside what is named in it, for accounts of
  /// memory. On the wire an entry may take two bytes.
  private static final int OVERHEAD_BYTES = 64;

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

  /// About how many bytes of memory the RPC takes: its messages, and the rest.
  public int footprint() {
    return publish.stream().mapToInt(Message::footprint).sum() + ownFootprint();
  }

  /// About how many bytes of memory all but the messages takes. These may be part of other RPCs.
  public int ownFootprint() {
    int sum = OVERHEAD_BYTES;
    for (SubOpts entry : subscriptions) {
      sum += entrySize(entry.topic());
    }
    for (IHave entry : control.ihave()) {
      sum += entrySize(entry.topic()) + idSizes(entry.ids());
    }
    for (IWant entry : control.iwant()) {
      sum += OVERHEAD_BYTES + idSizes(entry.ids());
    }
    for (Graft entry : control.graft()) {
      sum += entrySize(entry.topic());
    }
    for (Prune entry : control.prune()) {
      sum += entrySize(entry.topic());
    }
    return sum;
  }

  private static int entrySize(String topic) {
    return OVERHEAD_BYTES + topic.length();
  }

  private static int idSizes(List<Bytes> ids) {
    return ids.stream().mapToInt(id -> OVERHEAD_BYTES + id.size()).sum();
  }

  public boolean isEmpty() {
    return subscriptions.isEmpty() && publish.isEmpty() && control.isEmpty();
  }
}
