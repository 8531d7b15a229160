package io.kadenza.kad.record;

import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The peers with provider records here, by id and by number. A number is given to somebody else
/// once its peer has no records left. Confined to its store's thread.
final class Announcers {
  private static final int FIRST_SIZE = 4;

  private final Map<PeerId, Announcer> byId = new HashMap<>(0);
  private @Nullable Announcer[] byNumber = {};

  /// Numbers below this are in use or free.
  private int numbers;

  /// Free numbers, the last one to be used next.
  private int[] free = {};

  private int freeCount;

  @Nullable Announcer find(PeerId peer) {
    return byId.get(peer);
  }

  /// The peer of a record.
  Announcer get(int number) {
    Announcer found = find(number);
    if (found == null) {
      throw new IllegalStateException("a record names nobody: " + number);
    }
    return found;
  }

  @Nullable Announcer find(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  Announcer add(PeerInfo peer, int addressesExpire) {
    int number = freeCount > 0 ? free[--freeCount] : numbers++;
    return put(number, peer, addressesExpire);
  }

  /// Takes in a peer under the number that it had in an earlier life of this store.
  Announcer put(int number, PeerInfo peer, int addressesExpire) {
    if (number >= byNumber.length) {
      int size = Math.max(FIRST_SIZE, Math.max(number + 1, byNumber.length * 3 / 2));
      byNumber = Arrays.copyOf(byNumber, size);
    }
    var announcer = new Announcer(number, peer, addressesExpire);
    byNumber[number] = announcer;
    byId.put(peer.id(), announcer);
    return announcer;
  }

  /// Forgets a peer without records.
  void remove(Announcer gone) {
    byId.remove(gone.id());
    byNumber[gone.number] = null;
    giveBack(gone.number);
  }

  private void giveBack(int number) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(FIRST_SIZE, 2 * freeCount));
    }
    free[freeCount++] = number;
  }

  /// Makes the numbers that nobody has free, after peers were put under theirs.
  void restored() {
    numbers = byNumber.length;
    freeCount = 0;
    for (int number = numbers - 1; number >= 0; number--) {
      if (byNumber[number] == null) {
        giveBack(number);
      }
    }
  }

  int count() {
    return byId.size();
  }

  /// Everybody, in the order of their numbers.
  Announcer[] all() {
    return Arrays.stream(byNumber).filter(each -> each != null).toArray(Announcer[]::new);
  }
}
