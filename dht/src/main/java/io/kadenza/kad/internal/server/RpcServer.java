package io.kadenza.kad.internal.server;

import io.kadenza.host.Connection;
import io.kadenza.host.FrameHandler;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.ServingLimits;
import io.kadenza.kad.internal.metrics.RpcMeter;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Takes peers' requests in the event loop: those that memory alone can answer are answered there,
/// the others wait for the engine. Whoever asks too much is made to wait by leaving the request in
/// its stream.
public final class RpcServer implements FrameHandler {
  /// Answers from memory alone, without the engine.
  @FunctionalInterface
  public interface Shortcut {
    /// @return the encoded answer, or empty if the engine has to be asked
    Optional<byte[]> answer(PeerId from, KadRequest request);
  }

  /// A request that the engine works on.
  private record Waiting(Caller from, MessageType type, Exchange exchange, long since) {}

  private final Shortcut shortcut;
  private final Predicate<EngineInput> offer;
  private final RpcMeter meter;
  private final Admission admission;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Connection, Caller> callers = new ConcurrentHashMap<>();
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

  /// @param offer hands an input to the engine, false when it is overloaded
  public RpcServer(
      ServingLimits limits, Shortcut shortcut, Predicate<EngineInput> offer, RpcMeter meter) {
    this.admission = new Admission(limits, System.nanoTime());
    this.shortcut = shortcut;
    this.offer = offer;
    this.meter = meter;
  }

  @Override
  public void opened(Connection connection) {
    meter.opened();
  }

  @Override
  public void request(
      Connection connection, byte[] buffer, int offset, int length, Exchange exchange) {
    long now = System.nanoTime();
    Caller caller = caller(connection, now);
    long wait = admission.toll(caller, length, now);
    if (wait > 0) {
      CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, Runnable::run)
          .execute(exchange.postpone());
      return;
    }
    KadRequest request;
    try {
      request = KadCodec.decodeRequest(Arrays.copyOfRange(buffer, offset, offset + length));
    } catch (MalformedException malformed) {
      meter.malformed(length);
      exchange.refuse();
      return;
    }
    Optional<byte[]> known = shortcut.answer(connection.peer(), request);
    if (known.isPresent()) {
      exchange.reply(known.get());
      meter.sent(request.type(), length);
      meter.succeeded(request.type(), System.nanoTime() - now);
    } else {
      toEngine(connection, caller, request, length, exchange, now);
    }
  }

  private Caller caller(Connection connection, long now) {
    Caller known = callers.get(connection);
    if (known != null) {
      return known;
    }
    var network = NetworkAllowances.network(connection.remoteAddress());
    Caller caller = admission.caller(connection.peer(), network, now);
    if (connection.isOpen()) {
      callers.put(connection, caller);
    }
    return caller;
  }

  private void toEngine(
      Connection connection,
      Caller caller,
      KadRequest request,
      int length,
      Exchange exchange,
      long now) {
    long id = ids.incrementAndGet();
    switch (admission.enter(caller, id, length, now, exchange::postpone)) {
      case Admission.Parked _ -> {
        return;
      }
      case Admission.Refused _ -> {
        meter.sent(request.type(), length);
        meter.failed(request.type());
        exchange.refuse();
        return;
      }
      case Admission.InsteadOf(List<Long> victims) -> victims.forEach(this::refuse);
      case Admission.Admitted _ -> {}
    }
    meter.sent(request.type(), length);
    waiting.put(id, new Waiting(caller, request.type(), exchange, now));
    var sender = new PeerInfo(connection.peer(), List.of(connection.remoteAddress()));
    if (!offer.test(new EngineInput.Inbound(id, sender, request))) {
      refuse(id);
    }
  }

  public void reply(long requestId, KadResponse response) {
    succeeded(requestId).ifPresent(exchange -> exchange.reply(KadCodec.encodeResponse(response)));
  }

  public void accepted(long requestId) {
    succeeded(requestId).ifPresent(Exchange::done);
  }

  private Optional<Exchange> succeeded(long requestId) {
    return end(requestId)
        .map(ended -> {
          meter.succeeded(ended.type(), System.nanoTime() - ended.since());
          return ended.exchange();
        });
  }

  public void refuse(long requestId) {
    end(requestId)
        .ifPresent(ended -> {
          meter.failed(ended.type());
          ended.exchange().refuse();
        });
  }

  private Optional<Waiting> end(long requestId) {
    Waiting ended = waiting.remove(requestId);
    if (ended != null) {
      admission.leave(ended.from(), requestId).forEach(Runnable::run);
    }
    return Optional.ofNullable(ended);
  }

  /// A connection is gone.
  ///
  /// @param last whether it was the last to its peer
  public void forget(Connection connection, boolean last) {
    callers.remove(connection);
    if (last) {
      admission.forget(connection.peer());
    }
  }
}
