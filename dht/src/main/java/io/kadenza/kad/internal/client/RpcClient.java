package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.host.DialException;
import io.kadenza.host.Host;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Sends the engine's requests. To a connected peer a request goes at once, on a stream that is
/// kept for it; for any other a virtual thread makes the connection first. Safe for use by any
/// thread.
public final class RpcClient implements AutoCloseable {
  /// Streams kept for later requests, over all peers; beyond, streams are used once.
  private static final int KEPT_STREAMS_MAX = 1_024;

  private final Host host;
  private final String protocol;
  private final Consumer<EngineInput> report;
  private final Map<Long, Request> running = new ConcurrentHashMap<>();
  private final Map<PeerId, PeerLine> lines = new ConcurrentHashMap<>();
  private final AtomicInteger kept = new AtomicInteger();

  /// @param report takes the one input that ends each request
  public RpcClient(Host host, String protocol, Consumer<EngineInput> report) {
    this.host = host;
    this.protocol = protocol;
    this.report = report;
  }

  public void ask(Ask ask) {
    var request = new Request(ask, System.nanoTime());
    running.put(ask.rpcId(), request);
    dispatch(request);
  }

  /// Nobody waits for the answer any more.
  public void abandon(long rpcId) {
    Request request = running.remove(rpcId);
    if (request != null) {
      request.abandon();
    }
  }

  /// A peer is gone, or serves no longer: no stream is kept for it.
  public void forget(PeerId peer) {
    PeerLine line = lines.remove(peer);
    if (line != null) {
      line.retire();
    }
  }

  /// Sends a request on its way, for the first time or again.
  void dispatch(Request request) {
    Optional<Connection> there = host.connection(request.to().id());
    if (there.isPresent()) {
      send(request, there.get());
    } else {
      request.startDialling(() -> dial(request));
    }
  }

  private void dial(Request request) {
    try {
      send(request, host.connect(request.to(), left(request.deadline())));
    } catch (DialException failed) {
      fail(
          request,
          failed.reason() == DialException.Reason.TIMEOUT
              ? RpcFailure.TIMED_OUT
              : RpcFailure.UNREACHABLE);
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private void send(Request request, Connection connection) {
    if (!isWanted(request)) {
      return;
    }
    try {
      if (request.ask().answerExpected()) {
        PeerId peer = request.to().id();
        lines.computeIfAbsent(peer, _ -> new PeerLine(this, peer)).send(request, connection);
      } else {
        Announcement.send(this, request, connection, protocol);
      }
    } catch (StreamException failed) {
      fail(request, failure(failed.reason()));
    }
  }

  /// Whether somebody still waits for the end of a request.
  boolean isWanted(Request request) {
    return running.containsKey(request.id());
  }

  /// Reports the end of a request, unless it has been abandoned.
  void end(Request request, EngineInput how) {
    if (running.remove(request.id()) != null) {
      report.accept(how);
    }
  }

  void fail(Request request, RpcFailure why) {
    end(request, new EngineInput.RpcFailed(request.id(), why));
  }

  String protocol() {
    return protocol;
  }

  /// Takes a place for a stream that is kept, given back by [#release]; false if there is none.
  boolean reserve() {
    if (kept.incrementAndGet() > KEPT_STREAMS_MAX) {
      kept.decrementAndGet();
      return false;
    }
    return true;
  }

  void release() {
    kept.decrementAndGet();
  }

  /// A line has no stream left: while the peer is connected, what is known of it is kept.
  void idle(PeerLine line) {
    if (!host.isConnected(line.peer())) {
      lines.remove(line.peer(), line);
    }
  }

  static RpcFailure failure(StreamException.Reason reason) {
    return switch (reason) {
      case RESET -> RpcFailure.REFUSED;
      case CONNECTION_CLOSED, CLOSED -> RpcFailure.DISCONNECTED;
      case UNSUPPORTED -> RpcFailure.UNSUPPORTED;
      case TIMEOUT -> RpcFailure.TIMED_OUT;
      case MALFORMED -> RpcFailure.MALFORMED;
      case LIMIT -> RpcFailure.OVERLOADED;
    };
  }

  @Override
  public void close() {
    List.copyOf(running.keySet()).forEach(this::abandon);
    List.copyOf(lines.keySet()).forEach(this::forget);
  }
}
