package io.kadenza.kad.table;

import io.kadenza.kad.key.Contact;

/// Decides how many peers that may be the same attacker the table takes in. Confined to the table's
/// owner.
public interface DiversityLimits {
  /// Counts a contact that is about to enter a bucket, or refuses it.
  boolean admit(int bucket, Contact contact);

  /// Counts a contact of the bucket at its new addresses instead of the old ones, or refuses these.
  boolean replace(int bucket, Contact old, Contact renewed);

  /// Stops counting a contact that leaves the bucket.
  void release(int bucket, Contact contact);

  /// No limits: for networks on one machine or in one house.
  static DiversityLimits none() {
    return Unlimited.INSTANCE;
  }

  /// Admits everybody.
  enum Unlimited implements DiversityLimits {
    INSTANCE;

    @Override
    public boolean admit(int bucket, Contact contact) {
      return true;
    }

    @Override
    public boolean replace(int bucket, Contact old, Contact renewed) {
      return true;
    }

    @Override
    public void release(int bucket, Contact contact) {}
  }
}
