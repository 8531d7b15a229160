package io.kadenza.host.internal.yamux;

/// How many bytes the remote may still send on one stream, and when to let it send more. Owned by
/// the stream.
///
/// Invariant: `credit + unconsumed + owed == size`. Credit is given only for what the application
/// has consumed: a window opened on receipt would be no back-pressure at all.
final class ReceiveWindow {

  /// A stream that uses half a window in less than this many round trips is held back by its
  /// window, which then doubles.
  private static final int FAST_ROUND_TRIPS = 2;

  private int size = YamuxLimits.SPECIFIED_WINDOW;
  private int credit = YamuxLimits.SPECIFIED_WINDOW;
  private int unconsumed;
  private int owed;
  private long lastGrant;

  ReceiveWindow(long nowNanos) {
    lastGrant = nowNanos;
  }

  int size() {
    return size;
  }

  /// What the remote may still send.
  int credit() {
    return credit;
  }

  /// What has arrived and was not yet consumed.
  int unconsumed() {
    return unconsumed;
  }

  /// A frame of `bytes` has been announced, at most [#credit()].
  void announced(int bytes) {
    credit -= bytes;
    unconsumed += bytes;
  }

  /// The application has taken `bytes`.
  void consumed(int bytes) {
    unconsumed -= bytes;
    owed += bytes;
  }

  /// Whether so much is owed that a window update is worth its frame: half a window.
  boolean grantIsDue() {
    return owed >= (size + 1) / 2;
  }

  /// By how much the window should grow with the grant that is due: it doubles, up to `max`, when
  /// the last half of it took less than two round trips.
  int growth(long nowNanos, long rttNanos, int max) {
    boolean fast = rttNanos > 0 && nowNanos - lastGrant < FAST_ROUND_TRIPS * rttNanos;
    return fast ? Math.min(size, max - size) : 0;
  }

  /// Makes the window larger without anything having been consumed.
  void enlarge(int growth) {
    size += growth;
    credit += growth;
  }

  /// Grants what is owed and `growth` more; returns the delta to be sent.
  int grant(int growth, long nowNanos) {
    int delta = owed + growth;
    enlarge(growth);
    credit += owed;
    owed = 0;
    lastGrant = nowNanos;
    return delta;
  }
}
