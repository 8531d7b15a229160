package io.kadenza.host.internal;

import io.kadenza.host.EventStream;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who want to know what happens to a host. Safe for use by any thread.
public final class HostEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostEvents.class);

  private final List<Consumer<HostEvent>> observers = new CopyOnWriteArrayList<>();
  private final List<EventStream<HostEvent>> readers = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /// A queue for a reader on a thread of its own; one that has ended if the host has.
  public EventStream<HostEvent> stream(int capacity) {
    var stream = new EventStream<HostEvent>(capacity, readers::remove);
    readers.add(stream);
    if (closed) {
      stream.close();
    }
    return stream;
  }

  /// @return to be closed when no longer interested
  public Registration observe(Consumer<HostEvent> observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  /// Tells all of them, the observers at once.
  public void publish(HostEvent event) {
    for (Consumer<HostEvent> observer : observers) {
      try {
        observer.accept(event);
      } catch (Exception | AssertionError | LinkageError bug) {
        LOG.error("an observer of host events failed", bug);
      }
    }
    for (EventStream<HostEvent> reader : readers) {
      reader.publish(event);
    }
  }

  /// Ends the readers' queues.
  @Override
  public void close() {
    closed = true;
    readers.forEach(EventStream::close);
  }
}
