package io.kadenza.gossip.engine;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages whose signatures are being verified.
///
/// They are told apart by all that is in them, not by their id: a forgery that comes first must not
/// keep the genuine message out. Confined to the engine's thread.
final class PendingMessages {
  /// A good half second of verification on one core.
  static final int MAX_MESSAGES = 4096;

  /// What one peer may take up: a quarter, so that it alone cannot shut the others out, or one
  /// message, however large.
  static final int SHARE = 4;

  /// After this long an outcome that did not come is given up: the shell shed it.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int maxBytes;
  private final Map<Long, Pending> byTicket = new LinkedHashMap<>();
  private final Map<Message, Pending> byMessage = new HashMap<>();
  private final Map<PeerId, Load> loads = new HashMap<>();
  private final Load total = new Load();
  private long lastTicket;

  PendingMessages(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Whether the very same message waits already; if so, the peer is noted as having it.
  boolean isDuplicate(Message message, PeerId from) {
    Pending same = byMessage.get(message);
    if (same != null) {
      same.holders.add(from);
    }
    return same != null;
  }

  /// Takes a message in; empty when there is no room for more from that peer.
  Optional<Pending> add(Message message, Bytes id, PeerId from, Now now) {
    Load load = loads.getOrDefault(from, new Load());
    int size = message.footprint();
    if (!total.hasRoom(size, MAX_MESSAGES, maxBytes)
        || (load.messages > 0 && !load.hasRoom(size, MAX_MESSAGES / SHARE, maxBytes / SHARE))) {
      return Optional.empty();
    }
    var pending = new Pending(++lastTicket, message, id, from, now.nanosAfter(PATIENCE));
    byTicket.put(pending.ticket, pending);
    byMessage.put(message, pending);
    loads.put(from, load);
    total.add(1, size);
    load.add(1, size);
    return Optional.of(pending);
  }

  /// Takes the message of a ticket out; null when it is not, or no longer, here.
  @Nullable Pending remove(long ticket) {
    Pending pending = byTicket.remove(ticket);
    if (pending != null) {
      release(pending);
    }
    return pending;
  }

  /// Gives up what has waited too long.
  void sweep(Now now) {
    Iterator<Pending> oldestFirst = byTicket.values().iterator();
    while (oldestFirst.hasNext()) {
      Pending pending = oldestFirst.next();
      if (!now.reached(pending.deadline)) {
        return;
      }
      oldestFirst.remove();
      release(pending);
    }
  }

  private void release(Pending pending) {
    byMessage.remove(pending.message);
    int size = pending.message.footprint();
    total.add(-1, -size);
    loads.computeIfPresent(
        pending.from,
        (_, load) -> {
          load.add(-1, -size);
          return load.messages == 0 ? null : load;
        });
  }

  /// One waiting message.
  static final class Pending {
    final long ticket;
    final Message message;
    final Bytes id;

    /// The peer that brought it first.
    final PeerId from;

    /// The peers that brought it since, and the first.
    final Set<PeerId> holders = new LinkedHashSet<>();

    private final long deadline;

    Pending(long ticket, Message message, Bytes id, PeerId from, long deadline) {
      this.ticket = ticket;
      this.message = message;
      this.id = id;
      this.from = from;
      this.deadline = deadline;
      holders.add(from);
    }
  }

  private static final class Load {
    int messages;
    int bytes;

    boolean hasRoom(int size, int maxMessages, int maxBytes) {
      return messages < maxMessages && bytes + size <= maxBytes;
    }

    void add(int count, int size) {
      messages += count;
      bytes += size;
    }
  }
}
