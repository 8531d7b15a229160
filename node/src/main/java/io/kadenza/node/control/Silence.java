package io.kadenza.node.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Closes a connection on which nothing has come for a while: who reads from it then gets an
/// [IOException]. A Unix domain socket knows no timeout, and a process that is suspended still
/// takes connections. Safe for use by any thread.
final class Silence implements AutoCloseable {
  private final SocketChannel connection;
  private final long nanos;
  private final Thread watch;
  private volatile long heardAt = System.nanoTime();
  private volatile boolean over;

  /// @param most how long it may last
  Silence(SocketChannel connection, Duration most) {
    this.connection = connection;
    this.nanos = most.toNanos();
    this.watch = Thread.ofVirtual().name("kad-silence").start(this::watch);
  }

  /// Something has come.
  void broken() {
    heardAt = System.nanoTime();
  }

  /// Whether it has lasted too long.
  boolean isOver() {
    return over;
  }

  private void watch() {
    try {
      for (long left = nanos; left > 0; left = heardAt + nanos - System.nanoTime()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      over = true;
      connection.close();
    } catch (InterruptedException | IOException ended) {
      // The answer is complete, or the connection is closed anyway.
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
