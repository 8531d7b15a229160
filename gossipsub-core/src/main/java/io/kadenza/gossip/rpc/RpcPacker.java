package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Gathers what is to be said to one peer in as few RPCs as the peer will take: at most
/// [RpcLimits#SENT_CONTROL_BYTES] of announcements and control each, and [RpcLimits#SENT_RPC_BYTES]
/// in all unless one message alone is larger. Entries of one kind keep their order. Confined to one
/// thread.
public final class RpcPacker {
  /// The room for a tag and a length around a nested message; generous, since a few bytes decide
  /// nothing.
  private static final int ENVELOPE = 8;

  private final List<Rpc> full = new ArrayList<>();

  private List<SubOpts> subscriptions = new ArrayList<>();
  private List<Message> publish = new ArrayList<>();
  private List<IHave> ihave = new ArrayList<>();
  private List<IWant> iwant = new ArrayList<>();
  private List<Graft> graft = new ArrayList<>();
  private List<Prune> prune = new ArrayList<>();
  private int controlEntries;
  private int controlBytes;
  private int messageBytes;

  /// An empty packer.
  public RpcPacker() {}

  public void announce(SubOpts entry) {
    makeControlRoom(
        ENVELOPE + utf8Size(entry.topic()), subscriptions.size(), RpcLimits.MAX_SUBSCRIPTIONS);
    subscriptions.add(entry);
  }

  public void publish(Message message) {
    int size = MessageCodec.entrySize(message);
    boolean fits = messageBytes + controlBytes + size <= RpcLimits.SENT_RPC_BYTES;
    if (publish.size() == RpcLimits.MAX_MESSAGES || (!fits && messageBytes + controlBytes > 0)) {
      finishRpc();
    }
    messageBytes += size;
    publish.add(message);
  }

  public void graft(Graft entry) {
    makeControlRoom(ENVELOPE + utf8Size(entry.topic()));
    graft.add(entry);
  }

  public void prune(Prune entry) {
    makeControlRoom(2 * ENVELOPE + utf8Size(entry.topic()));
    prune.add(entry);
  }

  /// Announces messages of a topic, in several entries if need be.
  public void ihave(String topic, List<Bytes> ids) {
    int from = 0;
    while (from < ids.size()) {
      int to = makeRoomForIds(ENVELOPE + utf8Size(topic), ids, from);
      ihave.add(new IHave(topic, ids.subList(from, to)));
      from = to;
    }
  }

  /// Asks for messages, in several entries if need be.
  public void iwant(List<Bytes> ids) {
    int from = 0;
    while (from < ids.size()) {
      int to = makeRoomForIds(ENVELOPE, ids, from);
      iwant.add(new IWant(ids.subList(from, to)));
      from = to;
    }
  }

  /// The RPCs, to be sent in this order; the packer is empty afterwards.
  public List<Rpc> finish() {
    finishRpc();
    List<Rpc> rpcs = List.copyOf(full);
    full.clear();
    return rpcs;
  }

  /// Takes room for an entry with ids, from the one at `from` on; returns the index after the last.
  private int makeRoomForIds(int envelope, List<Bytes> ids, int from) {
    makeControlRoom(envelope + idSize(ids.get(from)));
    int to = from + 1;
    while (to < ids.size() && controlBytes + idSize(ids.get(to)) <= RpcLimits.SENT_CONTROL_BYTES) {
      controlBytes += idSize(ids.get(to));
      to++;
    }
    return to;
  }

  private void makeControlRoom(int size) {
    makeControlRoom(size, controlEntries, RpcLimits.MAX_CONTROL_ENTRIES);
    controlEntries++;
  }

  private void makeControlRoom(int size, int count, int limit) {
    boolean fits =
        controlBytes + size <= RpcLimits.SENT_CONTROL_BYTES
            && messageBytes + controlBytes + size <= RpcLimits.SENT_RPC_BYTES;
    if (count == limit || (!fits && controlBytes + messageBytes > 0)) {
      finishRpc();
    }
    controlBytes += size;
  }

  private void finishRpc() {
    Rpc rpc = new Rpc(subscriptions, publish, new Control(ihave, iwant, graft, prune));
    if (rpc.isEmpty()) {
      return;
    }
    full.add(rpc);
    subscriptions = new ArrayList<>();
    publish = new ArrayList<>();
    ihave = new ArrayList<>();
    iwant = new ArrayList<>();
    graft = new ArrayList<>();
    prune = new ArrayList<>();
    controlEntries = 0;
    controlBytes = 0;
    messageBytes = 0;
  }

  private static int idSize(Bytes id) {
    return MessageCodec.fieldSize(id.size());
  }

  private static int utf8Size(String topic) {
    return topic.getBytes(StandardCharsets.UTF_8).length;
  }
}
