package io.kadenza.machine;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongFunction;

/// A driver of a machine that wants done whatever it is told, and what came of it.
final class DrivenEcho implements AutoCloseable {
  static final int CAPACITY = 4;
  static final int MAX_WEIGHT = 10;

  /// Wants done whatever it is told, and does what `onInput` says on the way.
  static final class Echo implements Machine<Long, Long> {
    volatile LongFunction<List<Long>> onInput = List::of;
    volatile OptionalLong deadline = OptionalLong.empty();
    long sum;

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

  final Echo machine = new Echo();
  final LinkedBlockingQueue<Long> effects = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  final MachineDriver<Long, Long> driver =
      MachineDriver.start(
          "echo", machine, CAPACITY, MAX_WEIGHT, TimeSource.system(), effects::add, failures::add);

  /// Keeps whoever feeds the machine at work until it is let go.
  CountDownLatch holdBy(Runnable feed) throws InterruptedException {
    var held = new CountDownLatch(1);
    var letGo = new CountDownLatch(1);
    machine.onInput =
        input -> {
          held.countDown();
          await(letGo);
          return List.of(input);
        };
    feed.run();
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

  /// Keeps the driver's thread at work until it is let go.
  CountDownLatch hold() throws InterruptedException {
    return holdBy(() -> driver.put(0L));
  }

  /// Until the driver's thread has nothing to do.
  void settle() {
    Thread own = driver.inspect(Thread::currentThread).join();
    while (own.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    driver.close();
  }

  static final class Fatal extends Error {
    private static final long serialVersionUID = 1L;

    Fatal() {
      super("a heap that is full, say", null, false, false);
    }
  }
}
