package io.kadenza.kad.provide;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys that this node provides, in the order of the keyspace, with the time at which the
/// network was last told of each, and how far the sweep over them has come. All of it outlives a
/// restart if the store does. Confined to the engine.
///
/// A key is *waiting* as long as the network has not been told of it, or if it has to be told again
/// before its turn. Times are kept in whole seconds.
public interface Keystore {
  /// A key and when the network was last told of it.
  ///
  /// @param told empty while the key is waiting
  record Entry(Bytes key, Optional<Instant> told) {}

  /// What became of a key that was to be added.
  enum Added {
    /// It is kept from now on, and waiting.
    NEW,
    /// It was there; nothing has changed.
    KNOWN,
    /// There is no room for it.
    FULL,
    /// It is not between 1 and [io.kadenza.kad.record.ProviderLimits#MAX_KEY_BYTES] bytes long.
    INVALID
  }

  Added add(Bytes key);

  /// Forgets a key; tells whether it was there.
  boolean remove(Bytes key);

  boolean contains(Bytes key);

  int size();

  /// How many keys are waiting.
  int waiting();

  /// A page of the keys, waiting or not.
  ///
  /// @param after the last key of the page before; null for the first page. It need not be there
  ///   any more
  List<Entry> list(@Nullable Bytes after, int limit);

  /// Waiting keys in a span, in the order of the keyspace.
  ///
  /// @param after as in [#list]; keys at or before it are left out
  List<Provided> waiting(Span span, @Nullable Bytes after, int limit);

  /// Keys in a span that are waiting, or of which the network was last told before a stretch of
  /// time, or behind it, which means that the clock was ahead then; in the order of the keyspace.
  ///
  /// @param from with its second, as `to`
  /// @param after as in [#list]; keys at or before it are left out
  List<Provided> notTold(Instant from, Instant to, Span span, @Nullable Bytes after, int limit);

  /// The network was told of these keys. Those that are not kept any more are passed over.
  void told(List<Provided> keys, Instant when);

  /// These keys are to be told again before their turn. Those that are not kept any more are passed
  /// over.
  void untold(List<Provided> keys);

  /// The point in time up to which the sweep has done what was due; empty before the first one.
  Optional<Instant> sweptUntil();

  void sweptUntil(Instant time);
}
