package io.kadenza.host.internal.net;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// What a [MuxedConnection] needs of whatever carries it.
interface Link {

  /// Runs a task in the event loop that the connection is confined to; drops it if the loop has
  /// ended with its host, for then the connection and its streams have ended too.
  void execute(Runnable task);

  /// Whether the calling thread is that event loop.
  boolean inLoop();

  /// Runs a task in the event loop after a while, unless the link is closed by then.
  ///
  /// @return to be cancelled when it is of no use any more: until then it keeps what it refers to
  Future<?> later(Runnable task, long delay, TimeUnit unit);

  /// Whether the socket takes more; while it does not, streams keep their bytes.
  boolean writable();

  /// Encrypts and sends what the connection has put out. In the event loop only.
  void flush();

  /// Bytes that it holds: parts of what is being received, and what the socket has not taken. In
  /// the event loop only.
  long held();

  /// Closes the link once what was flushed is sent, or after [io.kadenza.host.Limits#streamTimeout]
  /// if the peer does not take it. In the event loop only, and once.
  void close();

  /// Closes the link at once. From any thread.
  void drop();
}
