package io.kadenza.kad;

import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/// The answers of two networks that were asked the same at the same time.
record Both<T>(T wan, T lan) {
  /// Asks both at once; takes as long as the slower one.
  static <T> Both<T> ask(Supplier<T> wan, Supplier<T> lan) {
    var other = new CompletableFuture<T>();
    Thread asking =
        Thread.ofVirtual()
            .name("kad-lan")
            .start(() -> {
              try {
                other.complete(lan.get());
              } catch (Throwable failed) {
                other.completeExceptionally(failed);
              }
            });
    try {
      return new Both<>(wan.get(), other.get());
    } catch (InterruptedException interrupted) {
      throw DhtException.interrupted();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } finally {
      // Whoever was interrupted does not wait for the other either.
      asking.interrupt();
    }
  }

  T merged(BinaryOperator<T> how) {
    return how.apply(wan, lan);
  }

  /// The peers of both lists, each once, with the addresses of both.
  static List<PeerInfo> united(List<PeerInfo> one, List<PeerInfo> other) {
    Map<PeerId, Set<Multiaddr>> all = new LinkedHashMap<>();
    for (List<PeerInfo> peers : List.of(one, other)) {
      peers.forEach(
          p -> all.computeIfAbsent(p.id(), _ -> new LinkedHashSet<>()).addAll(p.addresses()));
    }
    return all.entrySet().stream()
        .map(e -> new PeerInfo(e.getKey(), List.copyOf(e.getValue())))
        .toList();
  }

  /// What both walks cost together. If only one had anybody to ask, its end is the end; if either
  /// ran out of time, that is.
  static LookupStats cost(LookupStats a, LookupStats b) {
    Termination end =
        a.reason() == Termination.NO_PEERS || b.reason() == Termination.TIMED_OUT
            ? b.reason()
            : a.reason();
    return new LookupStats(
        end,
        a.asked() + b.asked(),
        a.answered() + b.answered(),
        a.failed() + b.failed(),
        Math.max(a.hops(), b.hops()),
        a.took().compareTo(b.took()) > 0 ? a.took() : b.took());
  }
}
