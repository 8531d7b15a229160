package io.kadenza.host.internal.dial;

import io.kadenza.host.DialException;
import io.kadenza.host.DialException.Reason;
import io.kadenza.host.NameService;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reaches peers: one attempt for each peer at a time, whoever asks; its addresses are raced with a
/// head start of 250 ms each, and those that failed a moment ago are passed over.
public final class Dialer {
  /// RFC 8305's connection attempt delay.
  private static final Duration HEAD_START = Duration.ofMillis(250);

  /// Addresses tried in one attempt: a peer may claim dozens, most of them dead.
  private static final int ADDRESSES_MAX = 16;

  /// Those of one host: whoever names a hundred ports of another's host has us scan it.
  private static final int ADDRESSES_PER_HOST_MAX = 4;

  private final TcpTransport transport;
  private final Duration attemptLimit;
  private final BiConsumer<Multiaddr, DialException> onFailure;
  private final NameService names;
  private final DialBackoff backoff = new DialBackoff(System::nanoTime);
  private final Map<PeerId, Attempt> attempts = new ConcurrentHashMap<>();

  private record Attempt(Wish wish, CompletableFuture<MuxedConnection> result) {}

  /// How a peer is to be reached.
  ///
  /// @param insist whether to try addresses too that failed a moment ago
  /// @param willing whether an address may be dialled, names resolved
  public record Wish(Set<Multiaddr> addresses, boolean insist, Predicate<Multiaddr> willing) {
    public Wish {
      addresses = Collections.unmodifiableSet(new LinkedHashSet<>(addresses));
    }
  }

  private record Result(
      Multiaddr address, @Nullable MuxedConnection connection, @Nullable Throwable failure) {}

  /// @param attemptLimit how long one attempt may last in all
  /// @param onFailure told of each address that failed
  /// @param names asked what the names in addresses stand for
  public Dialer(
      TcpTransport transport,
      NameService names,
      Duration attemptLimit,
      BiConsumer<Multiaddr, DialException> onFailure) {
    this.transport = transport;
    this.names = names;
    this.attemptLimit = attemptLimit;
    this.onFailure = onFailure;
  }

  /// Reaches `peer`, joining the attempt that is under way if there is one.
  public MuxedConnection dial(PeerId peer, Wish wish, Duration limit) {
    var deadline = Deadline.after(limit);
    while (true) {
      var mine = new Attempt(wish, new CompletableFuture<>());
      Attempt running = attempts.putIfAbsent(peer, mine);
      if (running == null) {
        Thread.ofVirtual().name("kad-dial").start(() -> run(peer, mine));
        return await(mine.result(), deadline, peer);
      }
      try {
        return await(running.result(), deadline, peer);
      } catch (DialException failed) {
        boolean knewAsMuch = running.wish().addresses().containsAll(wish.addresses());
        if (knewAsMuch || failed.reason() == Reason.TIMEOUT) {
          throw failed;
        }
      }
    }
  }

  /// Reaches whoever is at `address`.
  public MuxedConnection dialUnknown(Multiaddr address, Duration limit) {
    var deadline = Deadline.after(limit);
    return race(null, new Wish(Set.of(address), true, _ -> true), deadline);
  }

  private void run(PeerId peer, Attempt attempt) {
    try {
      var connection = race(peer, attempt.wish(), Deadline.after(attemptLimit));
      attempts.remove(peer, attempt);
      attempt.result().complete(connection);
    } catch (RuntimeException failed) {
      attempts.remove(peer, attempt);
      attempt.result().completeExceptionally(failed);
    }
  }

  private MuxedConnection await(
      CompletableFuture<MuxedConnection> result, Deadline deadline, PeerId peer) {
    try {
      return result.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new DialException(Reason.TIMEOUT, "no connection to " + peer + " in the time allowed");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DialException(Reason.REFUSED, "interrupted");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static DialException failure(@Nullable Throwable cause) {
    if (cause instanceof DialException dial) {
      return new DialException(dial.reason(), String.valueOf(dial.getMessage()), dial);
    }
    return new DialException(Reason.UNREACHABLE, String.valueOf(cause));
  }

  private MuxedConnection race(@Nullable PeerId peer, Wish wish, Deadline deadline) {
    List<Multiaddr> candidates = candidates(peer, wish);
    var results = new LinkedBlockingQueue<Result>();
    Map<Multiaddr, CompletableFuture<MuxedConnection>> running = new HashMap<>();
    List<DialException> failures = new ArrayList<>();
    int next = 0;
    try {
      while (true) {
        if (next < candidates.size()) {
          start(candidates.get(next++), peer, running, results);
        }
        Result result = take(results, next < candidates.size(), deadline);
        if (result == null) {
          if (deadline.isOver()) {
            throw new DialException(
                Reason.TIMEOUT, "no answer from " + running.keySet() + " in the time allowed");
          }
          continue;
        }
        running.remove(result.address());
        if (result.connection() != null) {
          backoff.succeeded(result.address());
          return result.connection();
        }
        failures.add(note(result));
        if (running.isEmpty() && next == candidates.size()) {
          throw summary(failures, candidates);
        }
      }
    } finally {
      running.values().forEach(Dialer::abandon);
    }
  }

  private void start(
      Multiaddr address,
      @Nullable PeerId peer,
      Map<Multiaddr, CompletableFuture<MuxedConnection>> running,
      LinkedBlockingQueue<Result> results) {
    var attempt = transport.dial(address, peer);
    running.put(address, attempt);
    var _ =
        attempt.whenComplete(
            (connection, failure) -> results.add(new Result(address, connection, failure)));
  }

  private static @Nullable Result take(
      LinkedBlockingQueue<Result> results, boolean moreToStart, Deadline deadline) {
    long left = deadline.leftNanos();
    long wait = moreToStart ? Math.min(left, HEAD_START.toNanos()) : left;
    try {
      return results.poll(wait, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DialException(Reason.REFUSED, "interrupted");
    }
  }

  private DialException note(Result result) {
    DialException why = failure(result.failure());
    if (why.reason() == Reason.UNREACHABLE || why.reason() == Reason.TIMEOUT) {
      backoff.failed(result.address());
    }
    onFailure.accept(result.address(), why);
    return why;
  }

  /// The failure that says most: somebody answered wrongly before nobody answered.
  private static DialException summary(List<DialException> failures, List<Multiaddr> candidates) {
    DialException telling = failures.getFirst();
    for (DialException failure : failures) {
      if (failure.reason() == Reason.WRONG_PEER || failure.reason() == Reason.PROTOCOL) {
        telling = failure;
        break;
      }
    }
    return new DialException(
        telling.reason(), telling.getMessage() + " (tried " + candidates + ")", telling);
  }

  /// A loser of the race is closed if it comes in late after all.
  private static void abandon(CompletableFuture<MuxedConnection> attempt) {
    if (!attempt.cancel(false)) {
      var _ =
          attempt.thenAccept(late -> {
            if (late.isOpen()) {
              late.close();
            }
          });
    }
  }

  private List<Multiaddr> candidates(@Nullable PeerId peer, Wish wish) {
    Set<Multiaddr> literal = new LinkedHashSet<>();
    Set<Multiaddr> unwanted = new LinkedHashSet<>();
    var resolver = new Resolver(names);
    for (Multiaddr address : wish.addresses()) {
      for (Multiaddr resolved : resolver.resolve(peer == null ? address : address.withPeer(peer))) {
        Multiaddr plain = resolved.withoutPeer();
        if (TcpTransport.supports(plain)) {
          (wish.willing().test(plain) ? literal : unwanted).add(plain);
        }
      }
    }
    if (literal.isEmpty()) {
      throw new DialException(Reason.NO_ADDRESS, whyNone(peer, wish.addresses(), unwanted));
    }
    List<Multiaddr> candidates =
        wish.insist()
            ? List.copyOf(literal)
            : literal.stream().filter(a -> !backoff.holds(a)).toList();
    if (candidates.isEmpty()) {
      throw new DialException(
          Reason.BACKOFF, "all addresses failed a moment ago: " + List.copyOf(literal));
    }
    Map<Optional<InetAddress>, Integer> ofHost = new HashMap<>();
    return AddressOrder.of(candidates).stream()
        .filter(
            a -> wish.insist() || ofHost.merge(a.ip(), 1, Integer::sum) <= ADDRESSES_PER_HOST_MAX)
        .limit(ADDRESSES_MAX)
        .toList();
  }

  private static String whyNone(
      @Nullable PeerId peer, Set<Multiaddr> known, Set<Multiaddr> unwanted) {
    String whose = peer == null ? "the peer" : peer.toString();
    if (!unwanted.isEmpty()) {
      return "no address of " + whose + " that this network may dial: " + unwanted;
    }
    if (!known.isEmpty() && known.stream().allMatch(Resolver::isName)) {
      return "no TCP address comes of asking DNS for "
          + known
          + "; is there a name server, and does the name know "
          + whose
          + "?";
    }
    return "no address of " + whose + " that can be dialled (/ip4|ip6|dns…/tcp/PORT): " + known;
  }
}
