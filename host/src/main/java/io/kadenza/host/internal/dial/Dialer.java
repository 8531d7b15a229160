package io.kadenza.host.internal.dial;

import io.kadenza.host.DialException;
import io.kadenza.host.DialException.Reason;
import io.kadenza.host.NameService;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.host.internal.net.TcpTransport;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reaches peers: one attempt for each peer at a time, whoever asks; its addresses are raced with a
/// head start of 250 ms each, and those that failed a moment ago are passed over.
public final class Dialer {
  private final Duration attemptLimit;
  private final NameService names;
  private final Candidates candidates;
  private final Race.Course course;
  private final Map<PeerId, Attempt> attempts = new ConcurrentHashMap<>();

  /// @param inquiry what it asks of DNS
  private record Attempt(Wish wish, Inquiry inquiry, CompletableFuture<MuxedConnection> result) {}

  /// @param attemptLimit how long one attempt may last in all
  /// @param onFailure told of each address that failed
  /// @param names asked what the names in addresses stand for
  public Dialer(
      TcpTransport transport,
      NameService names,
      Duration attemptLimit,
      BiConsumer<Multiaddr, DialException> onFailure) {
    this.attemptLimit = attemptLimit;
    var backoff = new DialBackoff(System::nanoTime);
    this.names = names;
    this.candidates = new Candidates(backoff);
    this.course = new Race.Course(transport::dial, backoff, new DialsUnderWay(), onFailure);
  }

  /// Whether there is a transport for `address`, or a name in it to be asked about.
  public static boolean canDial(Multiaddr address) {
    return TcpTransport.supports(address) || Resolver.isAskedFor(address);
  }

  /// Reaches `peer`, joining the attempt that is under way if there is one.
  public MuxedConnection dial(PeerId peer, Wish wish, Duration limit) {
    var deadline = Deadline.after(limit);
    while (true) {
      var inquiry = new Inquiry(names, Deadline.after(attemptLimit));
      var mine = new Attempt(wish, inquiry, new CompletableFuture<>());
      Attempt running = attempts.putIfAbsent(peer, mine);
      if (running == null) {
        Thread.ofVirtual().name("kad-dial").start(() -> run(peer, mine));
        return await(mine, deadline, peer);
      }
      try {
        return await(running, deadline, peer);
      } catch (DialException failed) {
        boolean gaveUp = !running.result().isDone();
        if (gaveUp || running.wish().includes(wish) || failed.reason() == Reason.TIMEOUT) {
          throw failed;
        }
      }
    }
  }

  /// Reaches whoever is at `address`.
  public MuxedConnection dialUnknown(Multiaddr address, Duration limit) {
    var wish = new Wish(Set.of(address), true, new Wish.Anywhere());
    return race(null, wish, new Inquiry(names, Deadline.after(limit)));
  }

  private void run(PeerId peer, Attempt attempt) {
    try {
      var connection = race(peer, attempt.wish(), attempt.inquiry());
      attempts.remove(peer, attempt);
      attempt.result().complete(connection);
    } catch (Throwable failed) {
      // Also an error of a predicate's or a name service's: whoever dials next is to try anew.
      attempts.remove(peer, attempt);
      attempt.result().completeExceptionally(failed);
    }
  }

  private MuxedConnection race(@Nullable PeerId peer, Wish wish, Inquiry inquiry) {
    try {
      return raceNow(peer, wish, inquiry);
    } catch (DialException lost) {
      if (!inquiry.takeTime()) {
        throw lost;
      }
      try {
        return raceNow(peer, wish.ofNames(), inquiry);
      } catch (DialException again) {
        String both = lost.getMessage() + "; " + again.getMessage();
        throw new DialException(again.reason(), both, again);
      }
    }
  }

  private MuxedConnection raceNow(@Nullable PeerId peer, Wish wish, Inquiry inquiry) {
    List<Multiaddr> addresses = candidates.of(peer, wish, inquiry);
    return new Race(course, peer, wish.insist(), addresses, inquiry.deadline()).run();
  }

  /// What else there is to say if a name server is silent.
  private static String silence(Inquiry inquiry) {
    return inquiry.unanswered().map(name -> "; " + Candidates.noAnswerFor(name)).orElse("");
  }

  private MuxedConnection await(Attempt attempt, Deadline deadline, PeerId peer) {
    try {
      return attempt.result().get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      String why = "no connection to " + peer + " in the time allowed";
      throw new DialException(Reason.TIMEOUT, why + silence(attempt.inquiry()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DialException(Reason.REFUSED, "interrupted");
    } catch (ExecutionException e) {
      throw Race.failure(e.getCause());
    }
  }
}
