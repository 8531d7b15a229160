package io.kadenza.bench;

import java.time.Duration;

/// Where the processors' time went since this was made.
final class Accounts {
  private final ServerProcess server;
  private final long startNanos = System.nanoTime();
  private final double busyBefore = MachineLine.busySeconds();
  private final double accountedBefore;

  Accounts(ServerProcess server) {
    this.server = server;
    this.accountedBefore = accounted();
  }

  /// What the server and the load, which is this process, have used.
  private double accounted() {
    Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return server.cpuSeconds() + own.toNanos() / 1e9;
  }

  /// How many processors others kept busy, on average.
  double otherLoad() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double others = MachineLine.busySeconds() - busyBefore - (accounted() - accountedBefore);
    return Math.max(0, others / seconds);
  }
}
