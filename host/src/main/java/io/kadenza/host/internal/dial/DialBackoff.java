package io.kadenza.host.internal.dial;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Addresses that failed lately and are left alone for a while: five seconds after the first
/// failure, twice as long after each further one, five minutes at most. A public host at which one
/// port after the other fails is left alone for a minute: peers can name any, and we are not to
/// scan others' hosts for them. Safe for use by any thread.
final class DialBackoff {
  private static final long FIRST = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST = Duration.ofMinutes(5).toNanos();

  /// Peers can tell us of any number of addresses; the longest untouched are forgotten first.
  private static final int REMEMBERED = 10_000;

  /// As many failures of a host with none of its addresses answering are no accident.
  static final int HOST_FAILURES = 10;

  private static final long HOST_REST = Duration.ofMinutes(1).toNanos();

  private record Failure(int count, long untilNanos) {}

  private final LongSupplier nanos;
  private final Map<Multiaddr, Failure> failures = new Lately<>();
  private final Map<InetAddress, Failure> hosts = new Lately<>();

  private static final class Lately<K> extends LinkedHashMap<K, Failure> {
    private static final long serialVersionUID = 1L;

    Lately() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Failure> eldest) {
      return size() > REMEMBERED;
    }
  }

  DialBackoff(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized boolean holds(Multiaddr address) {
    return holds(failures.get(address))
        || host(address).map(hosts::get).filter(this::holds).isPresent();
  }

  private boolean holds(@Nullable Failure failure) {
    return failure != null && failure.untilNanos() - nanos.getAsLong() > 0;
  }

  /// The host of an address if it is a public one; in a network of our own many share one.
  static Optional<InetAddress> host(Multiaddr address) {
    return address.isPrivate() ? Optional.empty() : address.ip();
  }

  synchronized void failed(Multiaddr address) {
    Failure before = failures.get(address);
    int count = before == null ? 1 : Math.min(before.count() + 1, 30);
    long wait = Math.min(LONGEST, FIRST << Math.min(count - 1, 20));
    long now = nanos.getAsLong();
    failures.put(address, new Failure(count, now + wait));
    host(address).ifPresent(host -> hosts.merge(host, new Failure(1, now), DialBackoff::another));
  }

  private static Failure another(Failure before, Failure latest) {
    int count = Math.min(before.count() + 1, HOST_FAILURES);
    long rest = count == HOST_FAILURES ? HOST_REST : 0;
    return new Failure(count, latest.untilNanos() + rest);
  }

  synchronized void succeeded(Multiaddr address) {
    failures.remove(address);
    host(address).ifPresent(hosts::remove);
  }
}
