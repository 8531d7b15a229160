package io.kadenza.kad.record;

/// What became of a record that was to be stored.
public enum StoreVerdict {
  STORED,
  /// The validator refused it, or its key.
  INVALID,
  /// A better one is already here.
  OUTDATED,
  /// Key or value exceed the limits.
  TOO_LARGE,
  /// Its sender has used up its share.
  QUOTA,
  /// There is no room left for anybody.
  FULL,
  /// What is stored now could not be kept: the disk takes nothing.
  UNAVAILABLE;

  public boolean isStored() {
    return this == STORED;
  }
}
