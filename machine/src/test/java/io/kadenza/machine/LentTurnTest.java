package io.kadenza.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Inputs that are applied on the thread that brings them.
class LentTurnTest {
  private final DrivenEcho echo = new DrivenEcho();
  private final DrivenEcho.Echo machine = echo.machine;
  private final LinkedBlockingQueue<Long> effects = echo.effects;
  private final LinkedBlockingQueue<Throwable> failures = echo.failures;
  private final MachineDriver<Long, Long> driver = echo.driver;

  @AfterEach
  void close() {
    echo.close();
  }

  @Test
  void anIdleMachineIsFedOnTheThreadThatBringsTheInput() throws Exception {
    var fedBy = new CompletableFuture<Thread>();
    machine.onInput =
        input -> {
          fedBy.complete(Thread.currentThread());
          return List.of(input);
        };
    echo.settle();

    assertThat(driver.offerHere(1L)).isTrue();

    assertThat(effects).containsExactly(1L);
    assertThat(fedBy.getNow(null)).isSameAs(Thread.currentThread());
  }

  @Test
  void whatComesWhileTheMachineIsBusyWaitsBehindTheOthers() throws Exception {
    var letGo = echo.hold();

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
          for (long i = 1; input == 0 && i <= 2 * DrivenEcho.CAPACITY; i++) {
            driver.put(i);
          }
          return List.of(input);
        };
    echo.settle();

    driver.offerHere(0L);

    for (long i = 0; i <= 2 * DrivenEcho.CAPACITY; i++) {
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
    echo.settle();

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
    echo.settle();

    driver.offerHere(2L);

    assertThat(effects.take()).isEqualTo(-1L);
  }

  @Test
  @Timeout(10)
  void closingWaitsForATurnOfAnotherThread() throws Exception {
    echo.settle();
    var letGo = echo.holdBy(() -> Thread.ofPlatform().start(() -> driver.offerHere(1L)));

    Thread closing = Thread.ofPlatform().start(driver::close);
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(effects).isEmpty();
    letGo.countDown();
    closing.join();

    assertThat(effects).containsExactly(1L);
    assertThat(driver.offerHere(2L)).isFalse();
  }

  @Test
  @Timeout(10)
  void anEffectInAnotherThreadsTurnMayCloseTheDriver() {
    machine.onInput =
        input -> {
          driver.close();
          return List.of(input);
        };
    echo.settle();

    assertThat(driver.offerHere(1L)).isTrue();

    assertThat(effects).containsExactly(1L);
    assertThat(driver.put(2L)).isFalse();
  }

  @Test
  void anErrorInAnotherThreadsTurnEndsTheDriverAndSparesTheThread() throws Exception {
    machine.onInput =
        input -> {
          throw new DrivenEcho.Fatal();
        };
    echo.settle();

    driver.offerHere(1L);

    assertThat(failures.take()).isInstanceOf(DrivenEcho.Fatal.class);
    assertThat(driver.isClosed()).isTrue();
  }
}
