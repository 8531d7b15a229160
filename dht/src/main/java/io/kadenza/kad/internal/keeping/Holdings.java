package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.engine.Stores;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What a node keeps. The stores are the engine's, confined to its thread; the rest is safe for use
/// by any.
public interface Holdings extends AutoCloseable {
  Stores stores();

  /// Peers that an earlier run found worth keeping, the best first.
  List<PeerInfo> contacts();

  void saveContacts(List<PeerInfo> contacts);

  /// Whether all of this outlives the node.
  boolean isLasting();

  /// Completes when what the stores were given so far cannot be lost any more, exceptionally if it
  /// can.
  CompletableFuture<Void> sync();

  /// Whether what is stored from now on can be kept.
  Health health();

  /// Idempotent.
  @Override
  void close();
}
