package io.kadenza.kad.record;

import io.kadenza.kad.key.Contact;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;

/// A peer with provider records here. Its addresses are those that it announced last, whatever the
/// key. Confined to its store's thread.
final class Announcer {
  /// What an address takes in memory beside its bytes.
  private static final int OVERHEAD = 64;

  /// What its records name it by.
  final int number;

  private Contact contact;
  private int addressesExpire;

  /// What the journal was last told of it.
  private int toldExpire;

  private int records;

  Announcer(int number, PeerInfo info, int addressesExpire) {
    this.number = number;
    this.contact = Contact.of(info);
    this.addressesExpire = addressesExpire;
    this.toldExpire = addressesExpire;
  }

  /// It has announced something, from these addresses; tells whether they are news, or it is more
  /// than so many seconds since they last were.
  boolean announced(PeerInfo info, int until, int aWhile) {
    boolean moved = !contact.info().addresses().equals(info.addresses());
    if (moved) {
      contact = Contact.of(info);
    }
    addressesExpire = until;
    boolean news = moved || Math.abs(until - toldExpire) > aWhile;
    toldExpire = news ? until : toldExpire;
    return news;
  }

  /// The peer as it may be named now, without addresses if they are too old to be trusted.
  PeerInfo at(int now, int addressTtl) {
    addressesExpire = Seconds.bounded(addressesExpire, now, addressTtl);
    return Seconds.isOver(addressesExpire, now)
        ? new PeerInfo(contact.id(), List.of())
        : contact.info();
  }

  PeerInfo info() {
    return contact.info();
  }

  /// What its addresses take in memory, roughly.
  int addressBytes() {
    int sum = 0;
    for (Multiaddr address : contact.info().addresses()) {
      sum += bytes(address);
    }
    return sum;
  }

  static int bytes(Multiaddr address) {
    return OVERHEAD + address.bytes().size();
  }

  PeerId id() {
    return contact.id();
  }

  /// Who may own its addresses, see [io.kadenza.kad.key.IpGroups].
  long[] ipGroups() {
    return contact.ipGroups();
  }

  int records() {
    return records;
  }

  void count(int more) {
    records += more;
  }
}
