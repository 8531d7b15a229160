package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;

/// Told of every change of a [MemoryRecordStore], by whoever keeps its records beyond its own life.
/// Called by the engine, in the order in which things happen; must not block.
public interface RecordJournal {
  /// A record was stored, in place of one under the same key if there was one.
  ///
  /// @param from whose shares it counts against
  void stored(Record record, Sender from, Instant expires);

  void removed(Bytes key);
}
