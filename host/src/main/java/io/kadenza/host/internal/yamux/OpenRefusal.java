package io.kadenza.host.internal.yamux;

/// Why a stream cannot be opened now.
public enum OpenRefusal {
  /// As many streams are open as the limits allow; one must close first.
  TOO_MANY_STREAMS,
  /// The remote has not yet acknowledged the streams opened before.
  ACK_BACKLOG,
  /// One side has announced the end of the connection, or it has failed.
  GOING_AWAY,
  /// Every stream id of this connection has been used; open a new connection.
  IDS_EXHAUSTED
}
