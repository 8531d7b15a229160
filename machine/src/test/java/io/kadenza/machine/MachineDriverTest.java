package io.kadenza.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MachineDriverTest {
  private static final int CAPACITY = 4;
  private static final int MAX_WEIGHT = 10;

  /// Wants done whatever it is told, and does what `onInput` says on the way.
  private static final class Echo implements Machine<Long, Long> {
    volatile LongFunction<List<Long>> onInput = List::of;
    volatile OptionalLong deadline = OptionalLong.empty();
    private long sum;

    @Override
    public List<Long> apply(Long input, Now now) {
      sum += input;
      return onInput.apply(input);
    }

    @Override
    public List<Long> tick(Now now) {
      deadline = OptionalLong.empty();
      return List.of(-1L);
    }

    @Override
    public OptionalLong deadline() {
      return deadline;
    }
  }

  private final Echo machine = new Echo();
  private final LinkedBlockingQueue<Long> effects = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final MachineDriver<Long, Long> driver =
      MachineDriver.start(
          "echo", machine, CAPACITY, MAX_WEIGHT, TimeSource.system(), effects::add, failures::add);

  @AfterEach
  void close() {
    driver.close();
  }

  /// Keeps the thread at work until it is let go.
  private CountDownLatch hold() throws InterruptedException {
    var held = new CountDownLatch(1);
    var letGo = new CountDownLatch(1);
    machine.onInput =
        input -> {
          held.countDown();
          await(letGo);
          return List.of(input);
        };
    driver.put(0L);
    held.await();
    return letGo;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void inputsAndTheirEffectsKeepTheirOrder() throws Exception {
    for (long i = 0; i < 1_000; i++) {
      assertThat(driver.put(i)).isTrue();
    }
    for (long i = 0; i < 1_000; i++) {
      assertThat(effects.take()).isEqualTo(i);
    }
  }

  @Test
  void whatIsOfferedBeyondTheQueueIsShed() throws Exception {
    var letGo = hold();

    var taken = new ArrayList<Boolean>();
    for (long i = 1; i <= CAPACITY + 1; i++) {
      taken.add(driver.offer(i));
    }

    assertThat(taken).containsExactly(true, true, true, true, false);
    letGo.countDown();
    for (long i = 0; i <= CAPACITY; i++) {
      assertThat(effects.take()).isEqualTo(i);
    }
  }

  @Test
  void whatWeighsTooMuchTogetherIsShed() throws Exception {
    var letGo = hold();

    assertThat(driver.offer(1L, 6)).isTrue();
    assertThat(driver.offer(2L, 5)).isFalse();
    assertThat(driver.offer(3L, 4)).isTrue();
    assertThat(driver.offer(4L, 1)).isFalse();
    assertThat(driver.offer(5L)).isTrue();

    letGo.countDown();
    assertThat(List.of(effects.take(), effects.take(), effects.take(), effects.take()))
        .containsExactly(0L, 1L, 3L, 5L);
    assertThat(driver.offer(6L, MAX_WEIGHT)).as("once they are through").isTrue();
  }

  /// Until the driver's thread has nothing to do.
  private void settle() {
    Thread own = driver.inspect(Thread::currentThread).join();
    while (own.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anIdleMachineIsFedOnTheThreadThatBringsTheInput() throws Exception {
    var fedBy = new CompletableFuture<Thread>();
    machine.onInput =
        input -> {
          fedBy.complete(Thread.currentThread());
          return List.of(input);
        };
    settle();

    assertThat(driver.offerHere(1L)).isTrue();

    assertThat(effects).containsExactly(1L);
    assertThat(fedBy.getNow(null)).isSameAs(Thread.currentThread());
  }

  @Test
  void whatComesWhileTheMachineIsBusyWaitsBehindTheOthers() throws Exception {
    var letGo = hold();

    driver.put(1L);
    assertThat(driver.offerHere(2L)).isTrue();
    driver.put(3L);

    assertThat(effects).isEmpty();
    letGo.countDown();
    for (long i = 0; i <= 3; i++) {
      assertThat(effects.take()).isEqualTo(i);
    }
  }

  @Test
  void whatAnEffectBringsIsFedAfterIt() throws Exception {
    machine.onInput =
        input -> {
          for (long i = 1; input == 0 && i <= 2 * CAPACITY; i++) {
            driver.put(i);
          }
          return List.of(input);
        };
    settle();

    driver.offerHere(0L);

    for (long i = 0; i <= 2 * CAPACITY; i++) {
      assertThat(effects.take()).isEqualTo(i);
    }
  }

  @Test
  @Timeout(30)
  void oneThreadAtATimeFeedsTheMachineAndEachOnesInputsKeepTheirOrder() throws Exception {
    int inputs = 5_000;
    var last = new long[4];
    var inside = new AtomicInteger();
    machine.onInput =
        input -> {
          int from = (int) (input % last.length);
          long number = input / last.length;
          boolean alone = inside.incrementAndGet() == 1 && last[from] == number - 1;
          last[from] = number;
          inside.decrementAndGet();
          return alone ? List.of() : List.of(input);
        };
    var feeding = new ArrayList<Thread>();
    for (int t = 0; t < last.length; t++) {
      int from = t;
      feeding.add(
          Thread.ofPlatform()
              .start(() -> {
                for (long number = 1; number <= inputs; number++) {
                  long input = number * last.length + from;
                  // Two of them as event loops do, which try again when the queue is full.
                  while (from % 2 == 0 ? !driver.offerHere(input) : !driver.put(input)) {
                    Thread.onSpinWait();
                  }
                }
              }));
    }
    for (Thread one : feeding) {
      one.join();
    }

    assertThat(driver.inspect(last::clone).join()).containsOnly(inputs);
    assertThat(effects).as("what came out of turn").isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void aDeadlineFromAnotherThreadsTurnIsKept() throws Exception {
    machine.onInput =
        input -> {
          machine.deadline = OptionalLong.of(System.nanoTime() + 1_000_000);
          return List.of();
        };
    settle();

    driver.offerHere(1L);

    assertThat(effects.take()).isEqualTo(-1L);
  }

  @Test
  @Timeout(10)
  void aDeadlineIsKeptAlsoIfTheThreadWokeDuringAnothersTurn() throws Exception {
    Thread own = driver.inspect(Thread::currentThread).join();
    machine.onInput =
        input -> {
          if (input == 1) {
            machine.deadline = OptionalLong.of(System.nanoTime() + 50_000_000);
          } else {
            own.interrupt();
            while (own.isInterrupted() || own.getState() != Thread.State.TIMED_WAITING) {
              Thread.onSpinWait();
            }
          }
          return List.of();
        };
    driver.put(1L);
    settle();

    driver.offerHere(2L);

    assertThat(effects.take()).isEqualTo(-1L);
  }

  @Test
  @Timeout(10)
  void closingWaitsForATurnOfAnotherThread() throws Exception {
    var held = new CountDownLatch(1);
    var letGo = new CountDownLatch(1);
    machine.onInput =
        input -> {
          held.countDown();
          await(letGo);
          return List.of(input);
        };
    settle();
    Thread feeding = Thread.ofPlatform().start(() -> driver.offerHere(1L));
    held.await();

    Thread closing = Thread.ofPlatform().start(driver::close);
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(effects).isEmpty();
    letGo.countDown();
    closing.join();

    assertThat(effects).containsExactly(1L);
    assertThat(driver.offerHere(2L)).isFalse();
    feeding.join();
  }

  @Test
  @Timeout(10)
  void anEffectInAnotherThreadsTurnMayCloseTheDriver() {
    machine.onInput =
        input -> {
          driver.close();
          return List.of(input);
        };
    settle();

    assertThat(driver.offerHere(1L)).isTrue();

    assertThat(effects).containsExactly(1L);
    assertThat(driver.put(2L)).isFalse();
  }

  @Test
  void anErrorInAnotherThreadsTurnEndsTheDriverAndSparesTheThread() throws Exception {
    machine.onInput =
        input -> {
          throw new Fatal();
        };
    settle();

    driver.offerHere(1L);

    assertThat(failures.take()).isInstanceOf(Fatal.class);
    assertThat(driver.isClosed()).isTrue();
  }

  @Test
  void whatMustNotBeLostWaitsForRoom() throws Exception {
    var letGo = hold();
    for (long i = 1; i <= CAPACITY; i++) {
      driver.put(i);
    }
    var last = new CompletableFuture<Boolean>();
    Thread waiting = Thread.startVirtualThread(() -> last.complete(driver.put(99L)));
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    letGo.countDown();

    assertThat(last.get()).isTrue();
    for (long i = 0; i <= CAPACITY; i++) {
      assertThat(effects.take()).isEqualTo(i);
    }
    assertThat(effects.take()).isEqualTo(99L);
  }

  @Test
  void theMachinesOwnThreadNeverWaitsForRoom() throws Exception {
    machine.onInput =
        input -> {
          for (long i = 1; input == 0 && i <= 3 * CAPACITY; i++) {
            driver.put(i);
          }
          return List.of(input);
        };

    driver.put(0L);

    for (long i = 0; i <= 3 * CAPACITY; i++) {
      assertThat(effects.take()).isEqualTo(i);
    }
  }

  @Test
  void itTicksWhenTheDeadlineComes() throws Exception {
    machine.onInput =
        input -> {
          machine.deadline = OptionalLong.of(System.nanoTime() + 1_000_000);
          return List.of();
        };

    driver.put(1L);

    assertThat(effects.take()).isEqualTo(-1L);
  }

  @Test
  void anEffectThatLeavesAnInterruptBehindEndsNothing() throws Exception {
    machine.onInput =
        input -> {
          Thread.currentThread().interrupt();
          return List.of(input);
        };

    driver.put(1L);
    assertThat(effects.take()).isEqualTo(1L);
    driver.put(2L);

    assertThat(effects.take()).isEqualTo(2L);
  }

  @Test
  void aFaultIsToldAndTheNextInputIsTaken() throws Exception {
    var fault = new IllegalStateException("bug");
    machine.onInput =
        input -> {
          if (input == 1) {
            throw fault;
          }
          return List.of(input);
        };

    driver.put(1L);
    driver.put(2L);

    assertThat(failures.take()).isSameAs(fault);
    assertThat(effects.take()).isEqualTo(2L);
  }

  @Test
  void aQuestionIsAnsweredBetweenTheInputsBeforeAndBehindIt() {
    driver.put(1L);
    driver.put(2L);
    CompletableFuture<Long> sum = driver.inspect(() -> machine.sum);
    driver.put(4L);

    assertThat(sum.join()).isEqualTo(3L);
  }

  @Test
  void closingEndsWhatWaits() throws Exception {
    var letGo = hold();
    for (long i = 1; i <= CAPACITY; i++) {
      driver.put(i);
    }
    CompletableFuture<Long> question = driver.inspect(() -> machine.sum);
    var last = new CompletableFuture<Boolean>();
    Thread.startVirtualThread(() -> last.complete(driver.put(99L)));

    Thread closing = Thread.startVirtualThread(driver::close);
    assertThat(last.get()).isFalse();
    letGo.countDown();
    closing.join();

    assertThatThrownBy(question::join).isInstanceOf(CancellationException.class);
    assertThat(driver.put(1L)).isFalse();
    assertThat(driver.offer(1L)).isFalse();
    assertThat(driver.inspect(() -> 1)).isCancelled();
    assertThat(effects).containsExactly(0L);
  }

  @Test
  @Timeout(10)
  void anErrorThatEndsTheThreadLeavesNobodyWaiting() throws Exception {
    var letGo = hold();
    CompletableFuture<Long> question = driver.inspect(() -> machine.sum);
    machine.onInput =
        input -> {
          throw new Fatal();
        };
    driver.put(1L);

    letGo.countDown();

    assertThat(question.join()).isZero();
    assertThat(failures.take()).isInstanceOf(Fatal.class);
    assertThat(driver.inspect(() -> machine.sum)).isCancelled();
    assertThat(driver.put(2L)).isFalse();
  }

  private static final class Fatal extends Error {
    private static final long serialVersionUID = 1L;

    Fatal() {
      super("a heap that is full, say", null, false, false);
    }
  }
}
