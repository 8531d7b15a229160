package io.kadenza.kad;

import io.kadenza.kad.record.HeldValue;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Optional;

/// What a node holds for the network, for people: of one that runs ([Dht]), or of one that is
/// stopped ([DataDirectory]).
public interface HeldRecords {
  /// As many entries as one page may have.
  int MAX_PAGE = 1_000;

  /// Some of the values that the node holds, in the order of their keys.
  ///
  /// @param after only keys behind this one; empty to begin with, then the last key of the page
  /// @param limit how many at most, 1 to [#MAX_PAGE]
  List<HeldValue> heldValues(Bytes after, int limit);

  /// The value that the node holds under a key.
  Optional<HeldValue> heldValue(Bytes key);

  /// Providers of a key of which the node holds records.
  List<PeerInfo> heldProviders(Bytes key);

  /// How many provider records the node holds.
  int providerRecords();
}
