package io.kadenza.node.trace;

import io.kadenza.host.EventStream;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.rpc.MessageType;
import java.util.HashMap;
import java.util.Map;

/// Shows the walks that a node makes for its user while they go, until it is closed. Walks of the
/// upkeep are left out. Safe for use by any thread; the view belongs to a thread of the trace's
/// own.
public final class LookupTrace implements AutoCloseable {
  /// A walk makes a few hundred events; so many may wait for a terminal that is slow.
  private static final int WAITING = 16_384;

  private final EventStream<EngineEvent> events;
  private final TraceView view;
  private final Thread reader;
  private final Map<Long, WalkLog> walks = new HashMap<>();
  private int count;
  private long lost;

  private LookupTrace(Dht dht, TraceView view) {
    this.view = view;
    this.events = dht.events(WAITING);
    this.reader = Thread.ofVirtual().name("kad-trace").unstarted(this::read);
  }

  /// Shows what begins from now on.
  public static LookupTrace of(Dht dht, TraceView view) {
    var trace = new LookupTrace(dht, view);
    trace.reader.start();
    return trace;
  }

  private void read() {
    events.forEach(this::take);
    if (count == 0) {
      view.idle();
    }
  }

  private void take(EngineEvent event) {
    tellLosses();
    switch (event) {
      case EngineEvent.LookupStarted started -> start(started);
      case EngineEvent.LookupStep step -> {
        WalkLog walk = walks.get(step.lookupId());
        if (walk != null) {
          walk.take(step);
          view.stepped(walk, step);
        }
      }
      case EngineEvent.LookupEnded ended -> {
        WalkLog walk = walks.remove(ended.lookupId());
        if (walk != null) {
          view.ended(walk, ended);
        }
      }
      case EngineEvent.RpcEvent rpc -> {
        if (isEnd(rpc) && isStore(rpc.type())) {
          view.stored(rpc);
        }
      }
      case EngineEvent.TableEvent _,
          EngineEvent.StoreEvent _,
          EngineEvent.ProvideEvent _,
          EngineEvent.UpkeepEvent _ -> {}
    }
  }

  private void start(EngineEvent.LookupStarted started) {
    if (started.operationId() != EngineEvent.NO_OPERATION) {
      var walk = new WalkLog(++count, started);
      walks.put(started.lookupId(), walk);
      view.started(walk);
    }
  }

  private static boolean isEnd(EngineEvent.RpcEvent rpc) {
    return switch (rpc) {
      case EngineEvent.RpcAnswered _, EngineEvent.RpcFailed _, EngineEvent.RpcAbandoned _ -> true;
      case EngineEvent.RpcSent _, EngineEvent.RpcServed _, EngineEvent.RpcRefused _ -> false;
    };
  }

  private static boolean isStore(MessageType type) {
    return type == MessageType.PUT_VALUE || type == MessageType.ADD_PROVIDER;
  }

  private void tellLosses() {
    long dropped = events.dropped();
    if (dropped > lost) {
      view.lost(dropped - lost);
      lost = dropped;
    }
  }

  /// Shows what is left, then ends. Idempotent.
  @Override
  public void close() {
    events.close();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
