package io.kadenza.kad.record;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The peers with provider records here, by id and by number, and what each network has. A number
/// is given to somebody else once its peer has no records left. Confined to its store's thread.
final class Announcers {
  /// What is left to whoever comes when the addresses of all take too much: three or so.
  private static final int FEW_BYTES = 256;

  private static final int FIRST_SIZE = 4;

  private final long maxAddressBytes;
  private final Map<PeerId, Announcer> byId = new HashMap<>(0);
  private @Nullable Announcer[] byNumber = {};

  /// What each IP group has.
  private final Map<Long, NetworkShare> shares = new HashMap<>(0);

  private Numbers numbers = new Numbers();

  /// What the addresses of all take.
  private long addressBytes;

  /// @param maxAddressBytes as in [ProviderLimits]
  Announcers(long maxAddressBytes) {
    this.maxAddressBytes = maxAddressBytes;
  }

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

  Announcer add(PeerInfo peer, long ipGroup, int addressesExpire) {
    return put(numbers.take(), peer, ipGroup, addressesExpire);
  }

  /// Takes in a peer under the number that it had in an earlier life of this store.
  Announcer put(int number, PeerInfo peer, long ipGroup, int addressesExpire) {
    if (number >= byNumber.length) {
      int size = Math.max(FIRST_SIZE, Math.max(number + 1, byNumber.length * 3 / 2));
      byNumber = Arrays.copyOf(byNumber, size);
    }
    var announcer = new Announcer(number, fitting(peer), share(ipGroup), addressesExpire);
    addressBytes += announcer.addressBytes();
    byNumber[number] = announcer;
    byId.put(peer.id(), announcer);
    return announcer;
  }

  private NetworkShare share(long ipGroup) {
    return ipGroup == 0 ? new NetworkShare(0) : shares.computeIfAbsent(ipGroup, NetworkShare::new);
  }

  /// What the network of a peer has that announces something; null if that is nothing.
  @Nullable NetworkShare shareOf(Sender from) {
    if (from.ipGroup() != 0) {
      return shares.get(from.ipGroup());
    }
    Announcer known = find(from.id());
    return known == null || known.share().ipGroup != 0 ? null : known.share();
  }

  /// A peer has announced something, from these addresses; as [Announcer#announced].
  boolean announced(Announcer known, PeerInfo peer, long ipGroup, int until, int aWhile) {
    addressBytes -= known.addressBytes();
    boolean news = known.announced(fitting(peer), until, aWhile);
    addressBytes += known.addressBytes();
    NetworkShare before = known.share();
    if (before.ipGroup == ipGroup) {
      return news;
    }
    known.join(share(ipGroup));
    forgetIfIdle(before);
    return true;
  }

  private void forgetIfIdle(NetworkShare share) {
    if (share.peers == 0) {
      shares.remove(share.ipGroup);
    }
  }

  /// The peer with the addresses that it may keep.
  private PeerInfo fitting(PeerInfo peer) {
    if (addressBytes < maxAddressBytes) {
      return peer;
    }
    var kept = new ArrayList<Multiaddr>();
    int left = FEW_BYTES;
    for (Multiaddr address : peer.addresses()) {
      left -= Announcer.bytes(address);
      if (left >= 0) {
        kept.add(address);
      }
    }
    return new PeerInfo(peer.id(), kept);
  }

  /// Forgets a peer without records.
  void remove(Announcer gone) {
    addressBytes -= gone.addressBytes();
    gone.leave();
    forgetIfIdle(gone.share());
    byId.remove(gone.id());
    byNumber[gone.number] = null;
    numbers.giveBack(gone.number);
  }

  /// Makes the numbers that nobody has free, after peers were put under theirs.
  void restored() {
    numbers = new Numbers(byNumber.length);
    for (int number = byNumber.length - 1; number >= 0; number--) {
      if (byNumber[number] == null) {
        numbers.giveBack(number);
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
