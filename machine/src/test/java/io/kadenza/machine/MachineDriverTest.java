package io.kadenza.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MachineDriverTest {
  private static final int CAPACITY = DrivenEcho.CAPACITY;
  private static final int MAX_WEIGHT = DrivenEcho.MAX_WEIGHT;

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
    var letGo = echo.hold();

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
    var letGo = echo.hold();

    assertThat(driver.offer(1L, 6)).isTrue();
    assertThat(driver.offer(2L, 3)).as("more than half of what is free").isFalse();
    assertThat(driver.offer(3L, 2)).isTrue();
    assertThat(driver.offer(4L, 2)).isFalse();
    assertThat(driver.offer(5L)).isTrue();

    letGo.countDown();
    assertThat(List.of(effects.take(), effects.take(), effects.take(), effects.take()))
        .containsExactly(0L, 1L, 3L, 5L);
    assertThat(driver.offer(6L, MAX_WEIGHT)).as("once they are through").isTrue();
  }

  @Test
  void whatMustNotBeLostWaitsForRoom() throws Exception {
    var letGo = echo.hold();
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

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException thrown(Throwable fault) throws E {
    throw (E) fault;
  }

  /// Languages without checked exceptions throw those of Java from anywhere.
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aQuestionThatFailsIsToldAndNothingElseEnds() {
    var fault = new IOException("as if");
    CompletableFuture<Long> failing =
        driver.inspect(() -> {
          throw MachineDriverTest.<RuntimeException>thrown(fault);
        });

    assertThatThrownBy(failing::join).hasRootCause(fault);
    assertThat(driver.inspect(() -> machine.sum).join()).isZero();
  }

  @Test
  void closingEndsWhatWaits() throws Exception {
    var letGo = echo.hold();
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
    var letGo = echo.hold();
    CompletableFuture<Long> question = driver.inspect(() -> machine.sum);
    machine.onInput =
        input -> {
          throw new DrivenEcho.Fatal();
        };
    driver.put(1L);

    letGo.countDown();

    assertThat(question.join()).isZero();
    assertThat(failures.take()).isInstanceOf(DrivenEcho.Fatal.class);
    assertThat(driver.inspect(() -> machine.sum)).isCancelled();
    assertThat(driver.put(2L)).isFalse();
  }
}
