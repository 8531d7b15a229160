package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;

/// Decides which records of a namespace may exist and which of several is the best (kad-dht, "Entry
/// validation"). Pure: the same arguments give the same result. Called with a peer's bytes, so it
/// never throws on them, and it bounds what they make it do; and called where others wait, in event
/// loops too, so it neither blocks nor takes longer than a signature does.
public interface Validator {
  /// Whether this value may stand under this key at this time. Called before a value is stored,
  /// sent or believed.
  Verdict validate(Bytes key, Bytes value, Instant now);

  /// The index of the best of one or more values, each of which was found valid. "Decisions made by
  /// select should be stable": of equally good ones the first, so a list that starts with the value
  /// in place never asks for a change without reason.
  int select(Bytes key, List<Bytes> values);
}
