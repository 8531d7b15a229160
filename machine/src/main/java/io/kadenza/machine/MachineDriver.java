package io.kadenza.machine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one thread that owns a [Machine]: it takes inputs from a bounded queue, applies them, hands
/// the effects to an executor in their order, and ticks the machine when its deadline comes.
///
/// [#offer] and [#put] may be called from any thread. The effects run on the driver's thread and
/// must not block for long: what waits for a peer belongs on a thread of its own, which reports
/// back with a further input.
public final class MachineDriver<I, E> implements AutoCloseable {
  private final Machine<I, E> machine;
  private final Consumer<? super E> effects;
  private final Consumer<? super Throwable> onFailure;
  private final TimeSource time;
  private final int capacity;
  private final long maxWeight;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private ArrayDeque<Runnable> spare = new ArrayDeque<>();

  /// Of what waits in the queue.
  private long weight;

  private final Map<Long, CompletableFuture<?>> questions = new ConcurrentHashMap<>();
  private long questionIds;
  private boolean closed;

  private final Thread thread;

  private MachineDriver(
      String name,
      Machine<I, E> machine,
      int capacity,
      long maxWeight,
      TimeSource time,
      Consumer<? super E> effects,
      Consumer<? super Throwable> onFailure) {
    this.machine = machine;
    this.capacity = capacity;
    this.maxWeight = maxWeight;
    this.time = time;
    this.effects = effects;
    this.onFailure = onFailure;
    // Not a virtual one: it is never many, is woken for nearly every input, and waits for a
    // deadline
    // most of the time, and each of these costs a virtual thread more than the kernel's own.
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
  }

  /// Starts the thread that drives `machine`.
  ///
  /// @param capacity how many inputs may wait; [#offer] refuses further ones
  /// @param effects runs one effect; an exception from it goes to `onFailure` and the next effect
  ///   runs
  /// @param onFailure told of whatever the machine or an effect throws: a bug, never a peer's
  ///   doing. An [Error], such as a full heap, ends the driver before this is told of it: nothing
  ///   is taken in any more, and no effect comes of what was
  public static <I, E> MachineDriver<I, E> start(
      String name,
      Machine<I, E> machine,
      int capacity,
      TimeSource time,
      Consumer<? super E> effects,
      Consumer<? super Throwable> onFailure) {
    return start(name, machine, capacity, Long.MAX_VALUE, time, effects, onFailure);
  }

  /// The same, where inputs have a weight.
  ///
  /// @param maxWeight what inputs that were offered may weigh together while they wait; as much may
  ///   be on its way through the machine
  public static <I, E> MachineDriver<I, E> start(
      String name,
      Machine<I, E> machine,
      int capacity,
      long maxWeight,
      TimeSource time,
      Consumer<? super E> effects,
      Consumer<? super Throwable> onFailure) {
    var driver = new MachineDriver<>(name, machine, capacity, maxWeight, time, effects, onFailure);
    driver.thread.start();
    return driver;
  }

  /// Queues an input unless the queue is full or the driver closed; tells which. For inputs that a
  /// peer causes: under overload they are shed here.
  public boolean offer(I input) {
    return offer(input, 0);
  }

  /// The same, for an input that weighs something, such as its bytes.
  public boolean offer(I input, int inputWeight) {
    lock.lock();
    try {
      if (closed || queue.size() >= capacity || weight + inputWeight > maxWeight) {
        return false;
      }
      weight += inputWeight;
      queue.add(() -> feed(input));
      notEmpty.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Queues an input that must not be lost, waiting for room; false once the driver is closed. On
  /// the driver's own thread it never waits, since nobody else would make room.
  public boolean put(I input) {
    lock.lock();
    try {
      while (!closed && queue.size() >= capacity && Thread.currentThread() != thread) {
        notFull.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      queue.add(() -> feed(input));
      notEmpty.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Reads something off the machine's own state, on its thread and between two inputs.
  ///
  /// @return completed with the answer; cancelled when the driver is closed first
  public <T> CompletableFuture<T> inspect(Supplier<T> question) {
    var answer = new CompletableFuture<T>();
    lock.lock();
    try {
      if (closed) {
        answer.cancel(false);
        return answer;
      }
      long id = ++questionIds;
      questions.put(id, answer);
      queue.add(() -> {
        try {
          answer.complete(question.get());
        } catch (RuntimeException bug) {
          answer.completeExceptionally(bug);
        }
        questions.remove(id);
      });
      notEmpty.signal();
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing is taken in any more: it was closed, or has ended in an [Error].
  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Stops once the inputs that were taken up are applied, and waits for the thread to end; those
  /// that still wait are dropped. Idempotent.
  @Override
  public void close() {
    stop();
    if (Thread.currentThread() != thread) {
      boolean interrupted = false;
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Takes nothing in any more, and lets nobody wait for what will not come.
  private void stop() {
    lock.lock();
    try {
      closed = true;
      notEmpty.signalAll();
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
    questions.values().forEach(question -> question.cancel(false));
  }

  private void run() {
    try {
      for (ArrayDeque<Runnable> batch = take(); batch != null; batch = take()) {
        for (Runnable step = batch.poll(); step != null; step = batch.poll()) {
          step.run();
        }
        OptionalLong deadline = machine.deadline();
        if (deadline.isPresent() && time.now().reached(deadline.getAsLong())) {
          perform(() -> machine.tick(time.now()));
        }
      }
    } catch (Error fatal) {
      stop();
      onFailure.accept(fatal);
    }
  }

  /// The waiting inputs all at once, an empty batch when the deadline came first, null at the end.
  private @Nullable ArrayDeque<Runnable> take() {
    OptionalLong deadline = machine.deadline();
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        long wait =
            deadline.isPresent() ? deadline.getAsLong() - time.now().nanos() : Long.MAX_VALUE;
        if (wait <= 0) {
          break;
        }
        // An input, a spurious wake-up, an interrupt and the deadline all lead back to the loop's
        // condition.
        try {
          var _ = notEmpty.awaitNanos(wait);
        } catch (InterruptedException e) {
          // Only closing ends this thread.
        }
      }
      if (closed) {
        return null;
      }
      ArrayDeque<Runnable> batch = queue;
      queue = spare;
      spare = batch;
      weight = 0;
      notFull.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void feed(I input) {
    perform(() -> machine.apply(input, time.now()));
  }

  private void perform(Supplier<List<E>> step) {
    List<E> wanted;
    try {
      wanted = step.get();
    } catch (RuntimeException bug) {
      onFailure.accept(bug);
      return;
    }
    for (E effect : wanted) {
      try {
        effects.accept(effect);
      } catch (RuntimeException bug) {
        onFailure.accept(bug);
      }
    }
  }
}
