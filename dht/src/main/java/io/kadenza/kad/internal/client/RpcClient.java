package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.host.DialException;
import io.kadenza.host.Host;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineEffect.Announce;
import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.internal.metrics.RpcMeter;
import io.kadenza.kad.key.SeenContacts;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Sends the engine's requests. To a connected peer a request goes at once, on a stream that is
/// kept for it; for any other a virtual thread makes the connection first. Safe for use by any
/// thread.
public final class RpcClient implements AutoCloseable {
  /// Streams kept for later requests, over all peers; beyond, streams are used once.
  private static final int KEPT_STREAMS_MAX = 1_024;

  private final Host host;
  private final String protocol;
  private final Predicate<Multiaddr> willing;
  private final Consumer<EngineInput> report;
  private final RpcMeter meter;
  private final Map<Long, Errand> running = new ConcurrentHashMap<>();
  private final Map<PeerId, PeerLine> lines = new ConcurrentHashMap<>();
  private final AtomicInteger kept = new AtomicInteger();
  private final SeenContacts seen = new SeenContacts();

  /// @param report takes the one input that ends each request
  public RpcClient(Host host, KadConfig config, Consumer<EngineInput> report, RpcMeter meter) {
    this.host = host;
    this.protocol = config.protocol();
    this.willing = config.addresses()::admits;
    this.report = report;
    this.meter = meter;
  }

  /// Sends a request; a single ADD_PROVIDER, which has no answer, goes as a batch of one.
  public void ask(Ask ask) {
    if (ask.request() instanceof KadRequest.AddProvider add) {
      List<Bytes> key = List.of(add.key());
      PeerInfo provider = add.providers().getFirst();
      announce(new Announce(ask.rpcId(), ask.to(), key, provider, ask.patience()));
    } else {
      start(new Question(this, ask));
    }
  }

  /// Tells a peer of a batch of keys. Ends in [EngineInput.Sent] once all are taken, as far as that
  /// can be known.
  public void announce(Announce batch) {
    start(new Announcement(this, batch));
  }

  private void start(Errand errand) {
    running.put(errand.id(), errand);
    dispatch(errand);
  }

  /// Reads an answer.
  ///
  /// @throws io.kadenza.multiformats.MalformedException if it is none
  KadResponse decode(KadRequest request, byte[] body) {
    return KadCodec.decodeResponse(request, body, seen::decode);
  }

  /// Nobody waits for the answer any more.
  public void abandon(long rpcId) {
    Errand errand = running.remove(rpcId);
    if (errand != null) {
      if (errand.isLate()) {
        meter.failed(errand.type());
      }
      errand.abandon();
    }
  }

  /// A peer is gone, or serves no longer: no stream is kept for it.
  public void forget(PeerId peer) {
    PeerLine line = lines.remove(peer);
    if (line != null) {
      line.retire();
    }
  }

  /// Sends an errand on its way, for the first time or again, if it is still wanted.
  void dispatch(Errand errand) {
    if (!isWanted(errand)) {
      return;
    }
    Optional<Connection> there = host.connection(errand.to().id());
    if (there.isPresent()) {
      send(errand, there.get());
    } else {
      errand.startDialling(() -> dial(errand));
    }
  }

  private void dial(Errand errand) {
    // Abandoned before there was a thread to interrupt.
    if (!isWanted(errand)) {
      return;
    }
    try {
      send(errand, connect(errand));
    } catch (DialException failed) {
      boolean late = failed.reason() == DialException.Reason.TIMEOUT;
      fail(errand, late ? RpcFailure.TIMED_OUT : RpcFailure.UNREACHABLE);
    }
  }

  /// Without any connection it is perhaps we who were cut off: then what failed meanwhile may be
  /// there again.
  private Connection connect(Errand errand) {
    return host.connectedPeers().isEmpty()
        ? host.connectNow(errand.to(), willing, errand.left())
        : host.connect(errand.to(), willing, errand.left());
  }

  private void send(Errand errand, Connection connection) {
    if (!isWanted(errand)) {
      return;
    }
    try {
      errand.send(connection);
    } catch (StreamException failed) {
      fail(errand, failure(failed.reason()));
    }
  }

  /// The line to a connected peer.
  PeerLine line(PeerId peer) {
    return lines.computeIfAbsent(peer, _ -> new PeerLine(this, peer));
  }

  /// Whether somebody still waits for the end of an errand.
  boolean isWanted(Errand errand) {
    return running.containsKey(errand.id());
  }

  /// Reports the end of an errand, unless it has been abandoned.
  void end(Errand errand, EngineInput how) {
    if (running.remove(errand.id()) != null) {
      if (how instanceof EngineInput.RpcFailed) {
        meter.failed(errand.type());
      } else {
        meter.succeeded(errand.type(), errand.age());
      }
      report.accept(how);
    }
  }

  void fail(Errand errand, RpcFailure why) {
    end(errand, new EngineInput.RpcFailed(errand.id(), why));
  }

  RpcMeter meter() {
    return meter;
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
