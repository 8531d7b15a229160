package io.kadenza.host.internal.net;

import java.util.concurrent.TimeUnit;

/// What a [MuxedConnection] needs of whatever carries it.
interface Link {

  /// Runs a task in the event loop that the connection is confined to; drops it if the loop has
  /// ended with its host, for then the connection and its streams have ended too.
  void execute(Runnable task);

  /// Whether the calling thread is that event loop.
  boolean inLoop();

  /// Runs a task in the event loop after a while; it is dropped with the link.
  void later(Runnable task, long delay, TimeUnit unit);

  /// Whether the socket takes more; while it does not, streams keep their bytes.
  boolean writable();

  /// Encrypts and sends what the connection has put out. In the event loop only.
  void flush();

  /// Closes the link once what was flushed is sent. From any thread.
  void close();
}
