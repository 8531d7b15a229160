package io.kadenza.host.internal.net;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The virtual threads that blocking stream handlers run on: one each, ended with the host.
public final class StreamThreads implements AutoCloseable {
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kad-stream-", 0).factory());

  public void run(Runnable task) {
    executor.execute(task);
  }

  /// Interrupts the handlers that are still at work; they see their streams end.
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
