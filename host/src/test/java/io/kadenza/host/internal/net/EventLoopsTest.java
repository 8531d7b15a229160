package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.Limits;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Multiaddr;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of connections that are being made, to somebody who says nothing, when the loops
/// end.
@Timeout(60)
class EventLoopsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Limits limits = Limits.defaults();
  private final StreamThreads threads = new StreamThreads();
  private final EventLoops loops = new EventLoops();
  private final ServerSocket silent;
  private final Multiaddr there;
  private final TcpTransport transport =
      new TcpTransport(
          loops,
          new ConnectionContext(
              NoiseIdentity.create(Identity.generate(KeyType.ED25519), CryptoSuite.best()),
              new Protocols(),
              limits,
              threads,
              new MemoryBudget(limits),
              new Nobody()));

  EventLoopsTest() throws IOException {
    silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    there = Multiaddr.parse("/ip4/127.0.0.1/tcp/" + silent.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    threads.close();
    silent.close();
  }

  /// Keeps every loop at work until it is let go.
  private CountDownLatch hold() {
    var letGo = new CountDownLatch(1);
    everywhere(_ -> {
      try {
        letGo.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    return letGo;
  }

  private void everywhere(Consumer<SingleThreadEventExecutor> task) {
    for (EventExecutor loop : loops.group()) {
      loop.execute(() -> task.accept((SingleThreadEventExecutor) loop));
    }
  }

  private static void untilWanted(SingleThreadEventExecutor loop) {
    while (!loop.isShuttingDown() && loop.pendingTasks() == 0) {
      Thread.onSpinWait();
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsBeingMadeIsOverAlsoWhereLoopsAreToldToEndWhileTheyAreBusy() throws Exception {
    var dial = transport.dial(there, null);
    try (var accepted = silent.accept()) {
      accepted.setSoTimeout((int) LIMIT.toMillis());
      CountDownLatch letGo = hold();
      Thread closing = Thread.ofPlatform().start(() -> loops.close(Deadline.after(LIMIT)));
      awaitWaiting(closing);
      // Each loop has had its turn then, and is still busy with what came behind.
      everywhere(EventLoopsTest::untilWanted);
      letGo.countDown();
      closing.join();

      assertThat(dial).isCompletedExceptionally();
      assertThat(accepted.getInputStream().readAllBytes()).as("and then the end").isNotNull();
    }
  }

  @Test
  void whatIsBegunWhenTheSocketsAreClosedIsOverWithTheLoops() {
    var late = new CompletableFuture<CompletableFuture<MuxedConnection>>();
    var first = transport.dial(there, null);
    var _ = first.whenComplete((_, _) -> late.complete(transport.dial(there, null)));

    loops.close(Deadline.after(LIMIT));

    assertThat(late).isCompleted();
    assertThat(late.join()).isCompletedExceptionally();
  }

  /// As where the system grants no further thread, and a host that could not start is closed.
  @Test
  void aLoopWithoutAThreadKeepsNoneOfTheOthersFromTheirEnd() throws Exception {
    var begun = new ArrayList<Thread>();
    var few =
        new EventLoops(
            loop -> {
              if (begun.size() == 1) {
                throw new OutOfMemoryError("as if");
              }
              begun.add(Thread.ofPlatform().daemon().unstarted(loop));
              return begun.getLast();
            },
            3);
    few.group().next().submit(() -> {}).await();

    assertThatCode(() -> few.close(Deadline.after(LIMIT))).doesNotThrowAnyException();

    assertThat(begun).singleElement().matches(thread -> !thread.isAlive(), "has ended");
  }
}
