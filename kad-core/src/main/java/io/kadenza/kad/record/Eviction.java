package io.kadenza.kad.record;

import java.util.random.RandomGenerator;

/// The choice of a record that gives way when a provider store is full: of some that are looked at,
/// one that has lapsed or, if there is none, one of the network that has most.
///
/// An index of each network's records would cost as much as the records. A few looks find one of
/// whoever has most of the store nearly always. They may find none but those who have little: these
/// are safe, because whoever would have more than they are left with is refused. Confined to its
/// store's thread.
final class Eviction {
  /// How many keys are looked at by chance. One network that has half of the store is missed once
  /// in 256 times, and then the newcomer has to come again.
  private static final int LOOKS = 8;

  /// How many providers of each are.
  private static final int LOOKS_AT_ONE = 16;

  private final ProviderBook records;
  private final RandomGenerator random;

  /// Where the last one was found. If that is a key of many providers, there are more of the same.
  private int lately = KeySlots.NONE;

  private int slot;
  private int index;

  /// Records that expire by then have lapsed.
  private int lapsed;

  Eviction(ProviderBook records, RandomGenerator random) {
    this.records = records;
    this.random = random;
  }

  /// Forgets a record for the sake of a newcomer: one that has lapsed, one of his own network, or
  /// one of a network that is left with no less than his then has. False if none was found.
  ///
  /// @param ttl of a record. Who has let half of it pass without announcing again has probably
  ///   gone: "Provider Record Republish Interval: 22h", of 48
  boolean makeRoom(Sender newcomer, int now, int ttl) {
    lapsed = Seconds.after(now, ttl / 2);
    slot = KeySlots.NONE;
    look(records.eldest());
    look(lately);
    for (int i = 0; i < LOOKS; i++) {
      look(random.nextInt(records.end()));
    }
    if (!givesWay(newcomer)) {
      return false;
    }
    records.remove(slot, index);
    lately = slot;
    return true;
  }

  private void look(int at) {
    if (at == KeySlots.NONE || !records.isUsed(at)) {
      return;
    }
    int count = records.count(at);
    int first = count > LOOKS_AT_ONE ? random.nextInt(count) : 0;
    for (int i = 0; i < Math.min(count, LOOKS_AT_ONE); i++) {
      int candidate = (first + i) % count;
      if (slot == KeySlots.NONE || isBefore(at, candidate)) {
        slot = at;
        index = candidate;
      }
    }
  }

  /// Whether a record gives way rather than the one chosen so far.
  private boolean isBefore(int at, int candidate) {
    if (hasLapsed(at, candidate) != hasLapsed(slot, index)) {
      return hasLapsed(at, candidate);
    }
    int more = share(at, candidate).records - share(slot, index).records;
    return more == 0
        ? Integer.compareUnsigned(records.expires(at, candidate), records.expires(slot, index)) < 0
        : more > 0;
  }

  private boolean hasLapsed(int at, int candidate) {
    return Seconds.isOver(records.expires(at, candidate), lapsed);
  }

  private NetworkShare share(int at, int candidate) {
    return records.announcer(at, candidate).share();
  }

  private boolean givesWay(Sender newcomer) {
    if (slot == KeySlots.NONE) {
      return false;
    }
    NetworkShare most = share(slot, index);
    NetworkShare own = records.announcers().shareOf(newcomer);
    int have = own == null ? 0 : own.records;
    return hasLapsed(slot, index) || most == own || most.records - 1 >= have + 1;
  }
}
