package io.kadenza.crypto.primitive;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Scratch memory shared by all connections of a suite: as many pieces are kept as threads can be
/// in native code at once, whatever the number of connections. Safe for use by many threads.
final class ScratchPool {
  private final AtomicReferenceArray<@Nullable Scratch> idle =
      new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

  Scratch take() {
    for (int i = 0; i < idle.length(); i++) {
      Scratch scratch = idle.get(i) == null ? null : idle.getAndSet(i, null);
      if (scratch != null) {
        return scratch;
      }
    }
    return new Scratch();
  }

  /// Keeps the scratch for the next taker, or leaves it to the garbage collector when all places
  /// are full.
  void give(Scratch scratch) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
