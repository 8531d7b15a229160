package io.kadenza.host.internal.dial;

import io.kadenza.multiformats.Multiaddr;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Addresses that failed lately and are left alone for a while: five seconds after the first
/// failure, twice as long after each further one, five minutes at most. Safe for use by any thread.
final class DialBackoff {
  private static final long FIRST = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST = Duration.ofMinutes(5).toNanos();

  /// Peers can tell us of any number of addresses; the longest untouched are forgotten first.
  private static final int REMEMBERED = 10_000;

  private record Failure(int count, long untilNanos) {}

  private final LongSupplier nanos;
  private final Map<Multiaddr, Failure> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Multiaddr, Failure> eldest) {
          return size() > REMEMBERED;
        }
      };

  DialBackoff(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized boolean holds(Multiaddr address) {
    Failure failure = failures.get(address);
    return failure != null && failure.untilNanos() - nanos.getAsLong() > 0;
  }

  synchronized void failed(Multiaddr address) {
    Failure before = failures.get(address);
    int count = before == null ? 1 : Math.min(before.count() + 1, 30);
    long wait = Math.min(LONGEST, FIRST << Math.min(count - 1, 20));
    failures.put(address, new Failure(count, nanos.getAsLong() + wait));
  }

  synchronized void succeeded(Multiaddr address) {
    failures.remove(address);
  }
}
