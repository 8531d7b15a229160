package io.kadenza.host;

/// Which side began: dialled the connection, or opened the stream.
public enum Direction {
  INBOUND,
  OUTBOUND
}
