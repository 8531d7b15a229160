package io.kadenza.host.internal.yamux;

import io.kadenza.host.internal.bytes.OutBuffer;

/// Counts what of one sort waits in the output, without looking into it: a count is given back when
/// everything that waited at the time has been drained. Never too low, and at most two drains too
/// high. Owned by one [Yamux].
final class Backlog {

  private final int limit;
  private long older;
  private long newer;

  /// When the output has drained this many bytes, all of `older` is gone.
  private long boundary;

  Backlog(int limit) {
    this.limit = limit;
  }

  /// Counts `amount` about to be put into the output; false when that would be more than the limit.
  boolean admit(int amount, OutBuffer output) {
    if (output.drained() >= boundary) {
      older = output.isEmpty() ? 0 : newer;
      newer = 0;
      boundary = output.drained() + output.size();
    }
    if (older + newer + amount > limit) {
      return false;
    }
    newer += amount;
    return true;
  }
}
