package io.kadenza.host.internal.dial;

import io.kadenza.host.DialException;
import io.kadenza.host.DialException.Reason;
import io.kadenza.host.internal.net.MuxedConnection;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The addresses of one peer, raced with a head start each: the first that leads to the peer wins,
/// and the others are abandoned. Confined to the thread that runs it, which blocks.
final class Race {
  /// RFC 8305's connection attempt delay.
  private static final Duration HEAD_START = Duration.ofMillis(250);

  /// What all races have in common.
  ///
  /// @param onFailure told of each address that failed
  record Course(
      Starter starter,
      DialBackoff backoff,
      DialsUnderWay underWay,
      BiConsumer<Multiaddr, DialException> onFailure) {}

  /// Begins to connect to an address, and to whoever is `expected` there if that is not null;
  /// cancelling the future ends it.
  @FunctionalInterface
  interface Starter {
    CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected);
  }

  private record Result(
      Multiaddr address, @Nullable MuxedConnection connection, @Nullable Throwable failure) {}

  private final Course course;
  private final @Nullable PeerId peer;
  private final boolean insist;
  private final Deadline deadline;
  private final List<Multiaddr> candidates;
  private final Deque<Multiaddr> waiting;
  private final Map<Multiaddr, CompletableFuture<MuxedConnection>> running = new HashMap<>();
  private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
  private final List<DialException> failures = new ArrayList<>();

  /// @param peer who has to be there, or null for anyone
  /// @param insist whether to dial hosts too that are to be left alone
  /// @param candidates in the order in which they start
  Race(
      Course course,
      @Nullable PeerId peer,
      boolean insist,
      List<Multiaddr> candidates,
      Deadline deadline) {
    this.course = course;
    this.peer = peer;
    this.insist = insist;
    this.deadline = deadline;
    this.candidates = candidates;
    this.waiting = new ArrayDeque<>(candidates);
  }

  /// @throws DialException if no candidate leads to the peer before the deadline
  MuxedConnection run() {
    try {
      while (!deadline.isOver()) {
        startNext();
        if (running.isEmpty() && waiting.isEmpty()) {
          throw lost();
        }
        Result result = take();
        if (result != null && result.connection() != null) {
          course.backoff().succeeded(result.address());
          return result.connection();
        }
        if (result != null) {
          failed(result);
        }
      }
      throw new DialException(
          Reason.TIMEOUT, "no answer from " + unanswered() + " in the time allowed");
    } finally {
      running.values().forEach(Race::abandon);
    }
  }

  /// Starts the next candidate whose host may be dialled now.
  private void startNext() {
    for (int left = waiting.size(); left > 0; left--) {
      Multiaddr address = waiting.removeFirst();
      if (insist) {
        start(address, () -> {});
        return;
      }
      if (course.backoff().holds(address)) {
        continue;
      }
      if (course.underWay().begin(address)) {
        start(address, () -> course.underWay().end(address));
        return;
      }
      waiting.addLast(address);
    }
  }

  private void start(Multiaddr address, Runnable ended) {
    var attempt = course.starter().dial(address, peer);
    running.put(address, attempt);
    var _ =
        attempt.whenComplete((connection, failure) -> {
          ended.run();
          results.add(new Result(address, connection, failure));
        });
  }

  /// The next result; null if it is time to start another first, or to give up.
  private @Nullable Result take() {
    Duration wait = waiting.isEmpty() ? deadline.left() : deadline.leftAtMost(HEAD_START);
    try {
      Result result = results.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
      if (result != null) {
        running.remove(result.address());
      }
      return result;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DialException(Reason.REFUSED, "interrupted");
    }
  }

  private void failed(Result result) {
    DialException why = failure(result.failure());
    if (why.reason() == Reason.UNREACHABLE || why.reason() == Reason.TIMEOUT) {
      course.backoff().failed(result.address());
    }
    course.onFailure().accept(result.address(), why);
    failures.add(why);
  }

  /// What came of an attempt, as an exception of whoever waits for it.
  static DialException failure(@Nullable Throwable cause) {
    if (cause instanceof DialException dial) {
      return new DialException(dial.reason(), String.valueOf(dial.getMessage()), dial);
    }
    return cause == null
        ? new DialException(Reason.UNREACHABLE, "no connection came of it")
        : new DialException(Reason.UNREACHABLE, cause.toString(), cause);
  }

  /// The failure that says most: somebody answered wrongly before nobody answered.
  private DialException lost() {
    if (failures.isEmpty()) {
      return new DialException(Reason.BACKOFF, "all addresses failed a moment ago: " + candidates);
    }
    DialException telling =
        failures.stream()
            .filter(f -> f.reason() == Reason.WRONG_PEER || f.reason() == Reason.PROTOCOL)
            .findFirst()
            .orElse(failures.getFirst());
    return new DialException(
        telling.reason(), telling.getMessage() + " (tried " + candidates + ")", telling);
  }

  private List<Multiaddr> unanswered() {
    return running.isEmpty() ? candidates : List.copyOf(running.keySet());
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
}
