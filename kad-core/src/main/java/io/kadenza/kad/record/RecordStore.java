package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.Optional;

/// Where values are kept. It knows sizes, quotas and ages, not validity: whoever stores has
/// validated and selected before. Confined to the engine's thread.
public interface RecordStore {
  /// The record under the key, unless it is older than the store's time to live.
  Optional<Record> get(Bytes key, Instant now);

  /// Stores or replaces a record. It is stamped with `now` and expires a time to live later,
  /// whatever the sender says of its age.
  ///
  /// @param from whose quota it counts against
  /// @param until when it expires if that is sooner, by its own contents; [Instant#MAX] if they set
  ///   no end
  StoreVerdict put(Record record, PeerId from, Instant now, Instant until);

  /// How many records there are, expired ones that nobody has swept yet included.
  int size();

  /// Forgets what is expired.
  void sweep(Instant now);
}
