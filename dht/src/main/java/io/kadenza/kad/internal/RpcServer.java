package io.kadenza.kad.internal;

import io.kadenza.host.Connection;
import io.kadenza.host.FrameHandler;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Takes peers' requests in the event loop: those that the routing table alone can answer are
/// answered there, the others wait for the engine.
final class RpcServer implements FrameHandler {
  /// Requests one peer may have waiting for the engine, over all its streams.
  static final int IN_FLIGHT_PER_PEER = 8;

  /// Answers from memory alone, without the engine's thread.
  @FunctionalInterface
  interface Shortcut {
    /// @return the encoded answer, or empty if the engine has to be asked
    Optional<byte[]> answer(PeerId from, KadRequest request);
  }

  private record Waiting(PeerId from, Exchange exchange) {}

  private final Shortcut shortcut;
  private final Predicate<EngineInput> offer;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<PeerId, Integer> inFlight = new ConcurrentHashMap<>();

  /// @param offer hands an input to the engine, false when it is overloaded
  RpcServer(Shortcut shortcut, Predicate<EngineInput> offer) {
    this.shortcut = shortcut;
    this.offer = offer;
  }

  @Override
  public void request(
      Connection connection, byte[] buffer, int offset, int length, Exchange exchange) {
    KadRequest request;
    try {
      request = KadCodec.decodeRequest(Arrays.copyOfRange(buffer, offset, offset + length));
    } catch (MalformedException malformed) {
      exchange.refuse();
      return;
    }
    PeerId from = connection.peer();
    Optional<byte[]> known = shortcut.answer(from, request);
    if (known.isPresent()) {
      exchange.reply(known.get());
      return;
    }
    if (inFlight.merge(from, 1, Integer::sum) > IN_FLIGHT_PER_PEER) {
      release(from);
      exchange.refuse();
      return;
    }
    long id = ids.incrementAndGet();
    waiting.put(id, new Waiting(from, exchange));
    var sender = new PeerInfo(from, List.of(connection.remoteAddress()));
    if (!offer.test(new EngineInput.Inbound(id, sender, request))) {
      end(id).ifPresent(Exchange::refuse);
    }
  }

  void reply(long requestId, KadResponse response) {
    end(requestId).ifPresent(exchange -> exchange.reply(KadCodec.encodeResponse(response)));
  }

  void accepted(long requestId) {
    end(requestId).ifPresent(Exchange::done);
  }

  void refuse(long requestId) {
    end(requestId).ifPresent(Exchange::refuse);
  }

  private Optional<Exchange> end(long requestId) {
    Waiting ended = waiting.remove(requestId);
    if (ended == null) {
      return Optional.empty();
    }
    release(ended.from());
    return Optional.of(ended.exchange());
  }

  private void release(PeerId peer) {
    inFlight.computeIfPresent(peer, (_, n) -> n > 1 ? n - 1 : null);
  }
}
