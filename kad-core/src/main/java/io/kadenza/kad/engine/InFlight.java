package io.kadenza.kad.engine;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The requests that wait for their end, found by id. An id is a serial number and the place where
/// its request is kept, so that no map is needed. Confined to the engine.
final class InFlight {
  /// More than any number of sane operations needs; each stands for a stream on the wire.
  static final int MAX = 1 << 14;

  private static final int PLACE_BITS = 14;

  private static final int LEAST_PLACES = 16;

  private @Nullable Rpc[] places = {};
  private int[] free = {};
  private int freeCount;
  private int used;
  private int count;
  private long serial;

  /// No deadline is earlier; it may be that of a request that has ended.
  private long earliest = Long.MAX_VALUE;

  int count() {
    return count;
  }

  /// Keeps a new request; null if there are too many.
  @Nullable Rpc add(
      Contact to,
      KadRequest request,
      Rpc.Owner owner,
      long sentAt,
      boolean dialled,
      long slowAt,
      long deadline) {
    int place = freeCount > 0 ? free[--freeCount] : used;
    if (place == MAX) {
      return null;
    }
    if (place == used) {
      used++;
      if (place == places.length) {
        places = Arrays.copyOf(places, Math.max(LEAST_PLACES, 2 * place));
      }
    }
    long id = serial++ << PLACE_BITS | place;
    var rpc = new Rpc(id, to, request, owner, sentAt, dialled, slowAt, deadline);
    places[place] = rpc;
    earliest = count == 0 || deadline - earliest < 0 ? deadline : earliest;
    count++;
    return rpc;
  }

  /// Takes out the request with this id; null if it has ended.
  @Nullable Rpc take(long id) {
    int place = (int) (id & (MAX - 1));
    Rpc rpc = place < used ? places[place] : null;
    if (rpc == null || rpc.id() != id) {
      return null;
    }
    places[place] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(LEAST_PLACES, 2 * freeCount));
    }
    free[freeCount++] = place;
    count--;
    return rpc;
  }

  /// Whether the request with this id has not ended.
  boolean contains(long id) {
    int place = (int) (id & (MAX - 1));
    Rpc rpc = place < used ? places[place] : null;
    return rpc != null && rpc.id() == id;
  }

  /// Whether a peer is being asked something that only a working server answers.
  boolean isWalkingThrough(KadKey peer) {
    for (int i = 0; i < used; i++) {
      Rpc rpc = places[i];
      if (rpc != null && rpc.isWalk() && rpc.to().isAt(peer)) {
        return true;
      }
    }
    return false;
  }

  /// One request whose deadline is reached, null if there is none. It stays until it is taken.
  @Nullable Rpc due(long now) {
    if (count == 0 || earliest - now > 0) {
      return null;
    }
    Rpc first = null;
    for (int i = 0; i < used; i++) {
      Rpc rpc = places[i];
      if (rpc != null && (first == null || rpc.deadline() - first.deadline() < 0)) {
        first = rpc;
      }
    }
    if (first == null) {
      return null;
    }
    earliest = first.deadline();
    return earliest - now <= 0 ? first : null;
  }

  /// When [#due] is worth asking.
  long deadline() {
    return count == 0 ? Node.NEVER : earliest;
  }
}
