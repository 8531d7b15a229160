package io.kadenza.kad.upkeep;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Peers waiting to show that they answer, each at most once, a few at a time. Bounded: whoever
/// does not fit will be met again. Confined to the engine.
public final class CheckQueue {
  private final int maxWaiting;
  private final int maxRunning;
  private final ArrayDeque<Contact> waiting = new ArrayDeque<>(2);
  private final Set<KadKey> known = new HashSet<>(4);
  private int running;

  public CheckQueue(int maxWaiting, int maxRunning) {
    this.maxWaiting = maxWaiting;
    this.maxRunning = maxRunning;
  }

  /// Queues a peer; false if it is queued or being checked already, or if there is no room.
  public boolean add(Contact contact) {
    if (waiting.size() >= maxWaiting || !known.add(contact.key())) {
      return false;
    }
    waiting.add(contact);
    return true;
  }

  /// Whom to check now; null if nobody waits or enough are being checked.
  public @Nullable Contact next() {
    if (running >= maxRunning) {
      return null;
    }
    Contact contact = waiting.poll();
    if (contact != null) {
      running++;
    }
    return contact;
  }

  /// Ends the check of a peer that [#next] gave out.
  public void done(Contact contact) {
    if (known.remove(contact.key())) {
      running--;
    }
  }

  /// How many peers are being checked.
  public int running() {
    return running;
  }
}
