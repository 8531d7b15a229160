package io.kadenza.kad.record;

import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// A peer with provider records here. Its addresses are those that it announced last, and its
/// network is that from which it did, whatever the key. Confined to its store's thread.
final class Announcer {
  /// What an address takes in memory beside its bytes.
  private static final int OVERHEAD = 64;

  /// What its records name it by.
  final int number;

  private PeerInfo info;
  private NetworkShare share;
  private int addressesExpire;

  /// What the journal was last told of it.
  private int toldExpire;

  private int records;

  Announcer(int number, PeerInfo info, NetworkShare share, int addressesExpire) {
    this.number = number;
    this.info = info;
    this.share = share;
    share.peers++;
    this.addressesExpire = addressesExpire;
    this.toldExpire = addressesExpire;
  }

  /// It has announced something, from these addresses; tells whether they are news, or it is more
  /// than so many seconds since they last were.
  boolean announced(PeerInfo as, int until, int aWhile) {
    boolean moved = !info.addresses().equals(as.addresses());
    if (moved) {
      info = as;
    }
    addressesExpire = until;
    boolean news = moved || Math.abs(until - toldExpire) > aWhile;
    toldExpire = news ? until : toldExpire;
    return news;
  }

  /// The peer as it may be named now, without addresses if they are too old to be trusted.
  PeerInfo at(int now, int addressTtl) {
    addressesExpire = Seconds.bounded(addressesExpire, now, addressTtl);
    return Seconds.isOver(addressesExpire, now) ? new PeerInfo(info.id(), List.of()) : info;
  }

  PeerInfo info() {
    return info;
  }

  /// What its addresses take in memory, roughly.
  int addressBytes() {
    int sum = 0;
    for (Multiaddr address : info.addresses()) {
      sum += bytes(address);
    }
    return sum;
  }

  static int bytes(Multiaddr address) {
    return OVERHEAD + address.bytes().size();
  }

  PeerId id() {
    return info.id();
  }

  /// Of the network from which it announced something last.
  NetworkShare share() {
    return share;
  }

  /// It announces from another network, and its records count there.
  void join(NetworkShare other) {
    leave();
    share = other;
    share.peers++;
    share.records += records;
  }

  /// It counts nowhere any more.
  void leave() {
    share.peers--;
    share.records -= records;
  }

  int records() {
    return records;
  }

  void count(int more) {
    records += more;
    share.records += more;
  }
}
