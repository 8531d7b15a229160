package io.kadenza.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A bounded queue of events that one reader pulls on its own thread. A reader that is too slow
/// loses the oldest events, and [#dropped] says how many; the host is never held up.
///
/// Iterating ends when the stream is closed, by the reader or with its source.
public final class EventStream<T> implements Iterable<T>, AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> queue = new ArrayDeque<>();
  private final int capacity;
  private final long maxSize;
  private final ToLongFunction<? super T> sizes;
  private final Consumer<EventStream<T>> onClose;
  private long size;
  private long dropped;
  private boolean closed;

  /// @param capacity how many events may wait, at least one
  /// @param onClose run once when the stream is closed, to detach it from its source
  public EventStream(int capacity, Consumer<EventStream<T>> onClose) {
    this(capacity, Long.MAX_VALUE, _ -> 0, onClose);
  }

  /// The same, where events have a size.
  ///
  /// @param maxSize of all events that wait, unless one alone is larger
  /// @param sizes never negative, and always the same for one event
  public EventStream(
      int capacity,
      long maxSize,
      ToLongFunction<? super T> sizes,
      Consumer<EventStream<T>> onClose) {
    if (capacity < 1) {
      throw new IllegalArgumentException("an event stream needs room for one event at least");
    }
    this.capacity = capacity;
    this.maxSize = maxSize;
    this.sizes = sizes;
    this.onClose = onClose;
  }

  /// Adds an event; for the source. Never blocks.
  public void publish(T event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      long more = sizes.applyAsLong(event);
      while (queue.size() == capacity || (!queue.isEmpty() && size + more > maxSize)) {
        poll();
        dropped++;
      }
      queue.add(event);
      size += more;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// The next event, waiting for it at most `wait`; empty when none came or the stream is closed.
  public Optional<T> next(Duration wait) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(wait);
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return Optional.ofNullable(poll());
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T poll() {
    T event = queue.poll();
    if (event != null) {
      size -= sizes.applyAsLong(event);
    }
    return event;
  }

  /// Whether nothing comes any more: it is closed, and read to its end.
  public boolean isOver() {
    lock.lock();
    try {
      return closed && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// How many events this reader has lost so far.
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /// The events from now on; `hasNext` waits for one. An interrupt ends the iteration and stays
  /// set.
  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private Optional<T> next = Optional.empty();

      @Override
      public boolean hasNext() {
        if (next.isEmpty()) {
          next = await();
        }
        return next.isPresent();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the event stream is closed");
        }
        T event = next.orElseThrow();
        next = Optional.empty();
        return event;
      }
    };
  }

  private Optional<T> await() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.await();
      }
      return Optional.ofNullable(poll());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }
}
