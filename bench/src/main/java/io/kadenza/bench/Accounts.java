package io.kadenza.bench;

import java.time.Duration;
import java.util.List;

/// Where the processors' time went since this was made.
public final class Accounts {
  private final List<PeerProcess> programs;
  private final long startNanos = System.nanoTime();
  private final double busyBefore = MachineLine.busySeconds();
  private final double accountedBefore;

  /// @param programs all that take part, but for this one
  public Accounts(List<PeerProcess> programs) {
    this.programs = List.copyOf(programs);
    this.accountedBefore = accounted();
  }

  /// What those who take part have used.
  private double accounted() {
    Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return programs.stream().mapToDouble(PeerProcess::cpuSeconds).sum() + own.toNanos() / 1e9;
  }

  /// How many processors others kept busy, on average.
  public double otherLoad() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double others = MachineLine.busySeconds() - busyBefore - (accounted() - accountedBefore);
    return Math.max(0, others / seconds);
  }
}
