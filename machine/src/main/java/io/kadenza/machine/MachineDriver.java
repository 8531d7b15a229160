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

/// Feeds a [Machine] one input after the other, whoever brings them, hands the effects to an
/// executor in their order, and ticks the machine when its deadline comes.
///
/// One thread at a time has the turn: it alone touches the machine and runs effects. Most turns are
/// those of the driver's own thread, which takes inputs from a bounded queue. An event loop may
/// take one for the input that it brings ([#offerHere]) if the machine is idle then: on a busy
/// processor, waking another thread and being woken by it in turn costs more than most inputs do.
///
/// All methods may be called from any thread. Effects must not block: what waits for a peer belongs
/// on a thread of its own, which reports back with a further input.
public final class MachineDriver<I, E> implements AutoCloseable {
  private final Machine<I, E> machine;
  private final Consumer<? super E> effects;
  private final Consumer<? super Throwable> onFailure;
  private final TimeSource time;
  private final int capacity;
  private final long maxWeight;

  private final ReentrantLock lock = new ReentrantLock();

  /// Signalled when the driver's thread has something to do.
  private final Condition wanted = lock.newCondition();

  private final Condition notFull = lock.newCondition();
  private ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private ArrayDeque<Runnable> spare = new ArrayDeque<>();

  /// Of what waits in the queue.
  private long weight;

  private final Map<Long, CompletableFuture<?>> questions = new ConcurrentHashMap<>();
  private long questionIds;
  private boolean closed;

  /// Whose turn it is; null while nobody is at work.
  private @Nullable Thread turn;

  /// When the machine wants to be ticked, as of the end of the last turn.
  private OptionalLong due = OptionalLong.empty();

  /// When the driver's thread, which waits, wakes by itself.
  private OptionalLong alarm = OptionalLong.empty();

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
    // Not a virtual one: it is never many, is woken for many an input, and mostly waits for a
    // deadline; each of these costs a virtual thread more than the kernel's own.
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(name)
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
    this.turn = thread;
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
  ///   be on its way through the machine. One alone may weigh all of it; behind others, one may
  ///   take half of what is free, so that a few heavy ones leave room for light ones
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
      long share = weight == 0 ? maxWeight : (maxWeight - weight) / 2;
      if (closed || queue.size() >= capacity || inputWeight > share) {
        return false;
      }
      weight += inputWeight;
      enqueue(() -> feed(input));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Queues an input that must not be lost, waiting for room; false once the driver is closed. From
  /// an effect it never waits, since nobody else would make room.
  public boolean put(I input) {
    lock.lock();
    try {
      while (!closed && queue.size() >= capacity && Thread.currentThread() != turn) {
        notFull.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      enqueue(() -> feed(input));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Called under the lock. Whoever has the turn looks at the queue when it ends.
  private void enqueue(Runnable step) {
    queue.add(step);
    if (turn == null) {
      wanted.signal();
    }
  }

  /// Applies an input on the caller's thread, with its effects, if the machine is idle and nothing
  /// waits for it; otherwise does as [#offer]. For event loops: a virtual thread could lose its
  /// carrier in the middle, and the machine would stand still for as long.
  public boolean offerHere(I input) {
    if (!takeTurn()) {
      return offer(input);
    }
    try {
      feed(input);
    } catch (Error fatal) {
      end(fatal);
    } finally {
      giveTurnBack();
    }
    return true;
  }

  private boolean takeTurn() {
    lock.lock();
    try {
      if (turn != null || closed || !queue.isEmpty()) {
        return false;
      }
      turn = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void giveTurnBack() {
    lock.lock();
    try {
      endTurn();
      boolean tooLate =
          due.isPresent() && (alarm.isEmpty() || due.getAsLong() - alarm.getAsLong() < 0);
      if (tooLate || closed || !queue.isEmpty()) {
        wanted.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Called under the lock.
  private void endTurn() {
    turn = null;
    if (!closed) {
      due = machine.deadline();
    }
  }

  /// Reads something off the machine's own state, between two inputs.
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
      enqueue(() -> {
        try {
          answer.complete(question.get());
        } catch (Exception bug) {
          answer.completeExceptionally(bug);
        }
        questions.remove(id);
      });
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

  /// Stops once the inputs that were taken up are applied, and waits for that unless it is called
  /// from an effect; those that still wait are dropped. Idempotent.
  @Override
  public void close() {
    stop();
    if (!hasTurn()) {
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

  /// Whether the calling thread has the turn, as the machine and the effects are called with it: it
  /// would wait for itself if it waited for the machine.
  public boolean hasTurn() {
    lock.lock();
    try {
      return turn == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /// Takes nothing in any more, and lets nobody wait for what will not come.
  private void stop() {
    lock.lock();
    try {
      closed = true;
      wanted.signalAll();
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
      end(fatal);
    }
  }

  private void end(Error fatal) {
    try {
      stop();
    } finally {
      onFailure.accept(fatal);
    }
  }

  /// The waiting inputs all at once, an empty batch when the deadline came first, null at the end.
  private @Nullable ArrayDeque<Runnable> take() {
    lock.lock();
    try {
      if (turn == thread) {
        endTurn();
      }
      for (long wait = untilWanted(); wait > 0; wait = untilWanted()) {
        alarm = turn == null ? due : OptionalLong.empty();
        // An input, a spurious wake-up, an interrupt and the deadline all lead back to the loop's
        // condition.
        try {
          var _ = wanted.awaitNanos(wait);
        } catch (InterruptedException e) {
          // Only closing ends this thread.
        }
      }
      if (closed) {
        return null;
      }
      turn = thread;
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

  /// How long the driver's thread has nothing to do; at most 0 if it is wanted now.
  private long untilWanted() {
    if (turn != null) {
      return Long.MAX_VALUE;
    }
    if (closed || !queue.isEmpty()) {
      return 0;
    }
    return due.isPresent() ? due.getAsLong() - time.now().nanos() : Long.MAX_VALUE;
  }

  private void feed(I input) {
    perform(() -> machine.apply(input, time.now()));
  }

  private void perform(Supplier<List<E>> step) {
    List<E> asked;
    try {
      asked = step.get();
    } catch (Exception bug) {
      onFailure.accept(bug);
      return;
    }
    for (E effect : asked) {
      try {
        effects.accept(effect);
      } catch (Exception bug) {
        onFailure.accept(bug);
      }
    }
  }
}
