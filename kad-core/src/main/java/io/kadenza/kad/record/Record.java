package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.Optional;

/// A value under its key.
///
/// @param received when the peer that holds it says it took it in; a note for people, never a
///   reason to keep the record longer
@SuppressWarnings("JavaLangClash") // The specification's name for it.
public record Record(Bytes key, Bytes value, Optional<Instant> received) {
  public Record(Bytes key, Bytes value) {
    this(key, value, Optional.empty());
  }

  /// The same record, taken in at `time`.
  public Record receivedAt(Instant time) {
    return new Record(key, value, Optional.of(time));
  }
}
