package io.kadenza.host.internal.yamux;

/// The stream ids of this side, in order: odd for the client, even for the server. Owned by one
/// [Yamux].
final class LocalIds {

  /// Negative when all are used. Ids of 2^31 and more are left alone: peers keep them in an int.
  private int next;

  LocalIds(boolean client) {
    next = client ? 1 : 2;
  }

  boolean isExhausted() {
    return next < 0;
  }

  int take() {
    int id = next;
    next += 2;
    return id;
  }

  /// Whether a stream was opened with this id of ours.
  boolean isUsed(int id) {
    return id > 0 && (isExhausted() || id < next);
  }
}
