package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where values are kept. It knows sizes, quotas and ages, not validity: whoever stores has
/// validated and selected before. Confined to the engine.
public interface RecordStore {
  /// The record under the key, unless it is older than the store's time to live.
  Optional<Record> get(Bytes key, Instant now);

  /// Stores or replaces a record. It is stamped with `now` and expires a time to live later,
  /// whatever the sender says of its age.
  ///
  /// @param from whose shares it counts against
  /// @param until when it expires if that is sooner, by its own contents; [Instant#MAX] if they set
  ///   no end
  StoreVerdict put(Record record, Sender from, Instant now, Instant until);

  /// The record under the key with what is known of it, for people.
  Optional<HeldValue> held(Bytes key, Instant now);

  /// Some of the records that are not expired, in the order of their keys, for people. Looks at
  /// all.
  ///
  /// @param after only keys behind this one; the last of a page leads to the next
  /// @param limit how many at most
  List<HeldValue> list(Bytes after, int limit, Instant now);

  /// The same values for other threads, if the store lays them out for them.
  default Optional<Shelf> shelf() {
    return Optional.empty();
  }

  /// How many records there are, expired ones that nobody has swept yet included.
  int size();

  /// Keys and values together, without what is kept around them.
  long bytes();

  /// Forgets what is expired.
  void sweep(Instant now);
}
