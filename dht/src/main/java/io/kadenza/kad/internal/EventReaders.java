package io.kadenza.kad.internal;

import io.kadenza.host.EventStream;
import io.kadenza.kad.engine.EngineEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Those who read what happens in an engine. As long as there are none it is told of nothing, so
/// that events cost nothing. Safe for use by any thread.
final class EventReaders implements AutoCloseable {
  private final Consumer<Boolean> watch;

  /// Locked by itself while a reader comes or goes, so that the engine hears of both in order.
  private final List<EventStream<EngineEvent>> streams = new CopyOnWriteArrayList<>();

  /// @param watch has the engine tell of what happens, or stops it
  EventReaders(Consumer<Boolean> watch) {
    this.watch = watch;
  }

  boolean isEmpty() {
    return streams.isEmpty();
  }

  /// What happens from now on.
  EventStream<EngineEvent> open(int capacity) {
    var stream = new EventStream<EngineEvent>(capacity, this::forget);
    synchronized (streams) {
      streams.add(stream);
      if (streams.size() == 1) {
        watch.accept(true);
      }
    }
    return stream;
  }

  private void forget(EventStream<EngineEvent> stream) {
    synchronized (streams) {
      if (streams.remove(stream) && streams.isEmpty()) {
        watch.accept(false);
      }
    }
  }

  void publish(EngineEvent event) {
    for (EventStream<EngineEvent> stream : streams) {
      stream.publish(event);
    }
  }

  /// Ends all streams.
  @Override
  public void close() {
    streams.forEach(EventStream::close);
  }
}
