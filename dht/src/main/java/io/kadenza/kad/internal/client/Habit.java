package io.kadenza.kad.internal.client;

/// What a peer's streams have taught us of it: whether it takes a further request on a stream that
/// has answered one. py-libp2p until 0.7 and nabu close after one, go, rust and js go on. Guarded
/// by its [PeerLine].
final class Habit {
  /// An end so soon after the first answer is the peer's way; one later is its patience, which is
  /// 10 s with js and a minute with go and with us.
  private static final long AT_ONCE_NANOS = 5_000_000_000L;

  /// Streams in a row that ended instead of giving a further answer, until none is used again; what
  /// go-libp2p allows.
  private static final int DISAPPOINTMENTS_MAX = 3;

  private boolean closesAfterOne;
  private boolean goesOn;
  private int disappointments;

  /// Whether further requests may go where others have been answered.
  boolean reuses() {
    return !closesAfterOne && disappointments <= DISAPPOINTMENTS_MAX;
  }

  /// Whether a stream has given more than one answer.
  boolean goesOn() {
    return goesOn;
  }

  /// A stream has given its `count`th answer.
  void answered(int count) {
    if (count > 1) {
      learnt(true);
    }
  }

  /// Somebody has found out by other means.
  void learnt(boolean itGoesOn) {
    goesOn = itGoesOn;
    closesAfterOne = !itGoesOn;
    if (itGoesOn) {
      disappointments = 0;
    }
  }

  /// The peer ended a stream.
  ///
  /// @param answers how many it gave
  /// @param cleanly by closing its side, which is no refusal
  /// @param owing whether an answer was due
  /// @param sinceAnswer nanoseconds since the last answer
  void ended(int answers, boolean cleanly, boolean owing, long sinceAnswer) {
    if (answers == 0) {
      return;
    }
    if (answers == 1 && cleanly && !goesOn && sinceAnswer < AT_ONCE_NANOS) {
      learnt(false);
    } else if (owing) {
      disappointments++;
    }
  }
}
