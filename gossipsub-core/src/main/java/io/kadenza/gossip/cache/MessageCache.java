package io.kadenza.gossip.cache;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The messages of the last few heartbeats, in one window per heartbeat. Confined to the engine's
/// thread.
public final class MessageCache {
  /// `mcache_len`: for how many heartbeats a message can be had by IWANT.
  public static final int WINDOWS = 5;

  /// `mcache_gossip`: for how many heartbeats it is announced.
  public static final int GOSSIP_WINDOWS = 3;

  /// How often one peer may have one message: go's `GossipSubGossipRetransmission`. "IWANT message
  /// responses are limited in the number of retransmissions to a certain peer" (1.1).
  public static final int RETRANSMISSIONS = 3;

  /// What it takes to remember that a peer was given a message.
  private static final int SENT_BYTES = 64;

  /// Of the room for messages, the part that may be taken for that besides.
  private static final int SENT_SHARE = 4;

  private final int maxBytes;
  private final Map<Bytes, Entry> entries = new HashMap<>();

  /// The ids by age: the newest window first, in each the oldest id first.
  private final ArrayDeque<ArrayDeque<Bytes>> windows = new ArrayDeque<>();

  private int bytes;

  /// How many times a peer is remembered with a message.
  private int sent;

  /// @param maxBytes of all messages; when there are more, the oldest goes first
  public MessageCache(int maxBytes) {
    this.maxBytes = maxBytes;
    windows.add(new ArrayDeque<>());
  }

  /// Adds a message to the current window, unless it is there already.
  public void put(Bytes id, Message message) {
    if (entries.putIfAbsent(id, new Entry(message)) == null) {
      windows.getFirst().add(id);
      bytes += message.footprint();
      while (bytes > maxBytes) {
        dropOldest();
      }
    }
  }

  /// A message for a peer that asked for it; empty when it is not here, or was sent to that peer
  /// [#RETRANSMISSIONS] times, or more would have to be remembered than there is room for.
  public Optional<Message> take(Bytes id, PeerId peer) {
    Entry entry = entries.get(id);
    return entry != null && mayHave(entry, peer) ? Optional.of(entry.message) : Optional.empty();
  }

  private boolean mayHave(Entry entry, PeerId peer) {
    int before = entry.sent.getOrDefault(peer, 0);
    if (before == RETRANSMISSIONS || (before == 0 && sent >= maxBytes / SENT_SHARE / SENT_BYTES)) {
      return false;
    }
    if (before == 0) {
      sent++;
    }
    entry.sent.put(peer, before + 1);
    return true;
  }

  /// The ids of a topic's messages in the windows that are announced, newest window first.
  public List<Bytes> gossipIds(String topic) {
    List<Bytes> ids = new ArrayList<>();
    int window = 0;
    for (ArrayDeque<Bytes> each : windows) {
      if (window++ == GOSSIP_WINDOWS) {
        break;
      }
      for (Bytes id : each) {
        Entry entry = entries.get(id);
        if (entry != null && entry.message.topic().equals(topic)) {
          ids.add(id);
        }
      }
    }
    return ids;
  }

  /// Ends the current window, and forgets the messages of the one that is too old.
  public void shift() {
    windows.addFirst(new ArrayDeque<>());
    if (windows.size() > WINDOWS) {
      windows.removeLast().forEach(this::forget);
    }
  }

  public int size() {
    return entries.size();
  }

  private void dropOldest() {
    while (windows.getLast().isEmpty()) {
      windows.removeLast();
    }
    forget(windows.getLast().remove());
  }

  private void forget(Bytes id) {
    Entry entry = entries.remove(id);
    if (entry != null) {
      bytes -= entry.message.footprint();
      sent -= entry.sent.size();
    }
  }

  private static final class Entry {
    final Message message;

    /// How often each peer was given it; goes with the message after a few heartbeats.
    final Map<PeerId, Integer> sent = new HashMap<>();

    Entry(Message message) {
      this.message = message;
    }
  }
}
