package io.kadenza.kad.provide;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The values that this node published, apart from what it keeps for others: it alone sees to it
/// that they do not vanish from the network. Confined to the engine.
public interface OwnValues {
  /// Keeps a value, as one that is to be stored at others at once; it takes the place of an older
  /// one under the same key.
  ///
  /// @return false if there is no room for it
  boolean keep(Bytes key, Bytes value);

  /// Forgets a value; tells whether it was there.
  boolean forget(Bytes key);

  Optional<OwnValue> get(Bytes key);

  /// All of them, in the order of their keys.
  List<OwnValue> all();

  int size();

  /// A value was stored at others. One that is not kept any more is passed over.
  void stored(Bytes key, Instant when);
}
