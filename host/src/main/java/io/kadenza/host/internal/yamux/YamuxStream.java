package io.kadenza.host.internal.yamux;

/// What a connection knows about one open stream. Owned by its [Yamux].
final class YamuxStream {

  final int id;
  final boolean local;
  final SendWindow sending;
  final ReceiveWindow receiving;

  /// The frame that opens ([Header#SYN]) or accepts ([Header#ACK]) the stream and was not yet sent,
  /// or 0.
  int unsentFlag;

  /// Opened here, and the remote has not answered in any way.
  boolean unacknowledged;

  boolean localFinished;
  boolean remoteFinished;

  /// No longer in the table.
  boolean gone;

  YamuxStream(int id, boolean local, long nowNanos) {
    this.id = id;
    this.local = local;
    this.sending = new SendWindow();
    this.receiving = new ReceiveWindow(nowNanos);
    this.unsentFlag = local ? Header.SYN : Header.ACK;
    this.unacknowledged = local;
  }
}
