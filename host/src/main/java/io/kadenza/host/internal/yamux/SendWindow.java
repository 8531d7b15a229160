package io.kadenza.host.internal.yamux;

/// How many bytes the remote still takes on one stream. Owned by the stream.
final class SendWindow {

  /// A window is an unsigned 32-bit number in every implementation; what does not fit is an error,
  /// not a wrap-around.
  static final long MAX = 0xffff_ffffL;

  private long open = YamuxLimits.SPECIFIED_WINDOW;
  private boolean cutShort;

  /// Whether the window of a new stream can grow by `delta`.
  static boolean newTakes(long delta) {
    return YamuxLimits.SPECIFIED_WINDOW + delta <= MAX;
  }

  boolean takes(long delta) {
    return open + delta <= MAX;
  }

  /// Adds the remote's credit; true when a writer waits for it.
  boolean add(long delta) {
    open += delta;
    boolean wake = cutShort && open > 0;
    if (wake) {
      cutShort = false;
    }
    return wake;
  }

  /// Takes up to `wanted` bytes, and remembers when that was not all.
  int take(int wanted) {
    int taken = (int) Math.min(wanted, open);
    open -= taken;
    cutShort = taken < wanted;
    return taken;
  }
}
