package io.kadenza.gossip.internal;

import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcCodec;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.host.StreamHandler;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what peers send: one stream each, of which the newest counts, so that a peer can make us
/// hold one incomplete RPC at most. A stream whose sender breaks the protocol is reset.
///
/// What strangers can do as often as they like is logged as a trace: a line would take more of our
/// disk than it takes of their bandwidth.
final class InboundStreams implements StreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(InboundStreams.class);

  /// A peer may have nothing to say for as long as it is connected.
  private static final Duration SILENCE = Duration.ofDays(365);

  /// Takes what was received, and has the reader wait meanwhile.
  @FunctionalInterface
  interface Engine {
    /// @param bytes of memory that it takes
    /// @return false if it is too busy to
    boolean offer(GossipInput input, int bytes) throws InterruptedException;
  }

  private final BiFunction<PeerId, MeshProtocol, PeerLink> links;
  private final Engine engine;
  private final Map<PeerId, Stream> streams = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param links the link to a peer, made if there is none
  InboundStreams(BiFunction<PeerId, MeshProtocol, PeerLink> links, Engine engine) {
    this.links = links;
    this.engine = engine;
  }

  @Override
  public void handle(Stream stream) {
    PeerId peer = stream.connection().peer();
    Stream older = streams.put(peer, stream);
    if (older != null) {
      older.reset();
    }
    try {
      if (closed) {
        stream.reset();
        return;
      }
      // The engine ignores peers that it does not know yet, and a topic is announced only once.
      links.apply(peer, MeshProtocol.of(stream.protocol()).orElse(MeshProtocol.V1_0)).awaitUp();
      read(peer, stream);
    } catch (MalformedException broken) {
      LOG.trace("{} sent what is no RPC: {}", peer, broken.getMessage());
      stream.reset();
    } catch (StreamException gone) {
      LOG.trace("the stream from {} ended: {}", peer, gone.getMessage());
      // It may be there still: its peer announced a frame beyond the limit.
      stream.reset();
    } catch (InterruptedException end) {
      stream.reset();
    } finally {
      streams.remove(peer, stream);
    }
  }

  private void read(PeerId peer, Stream stream) throws InterruptedException {
    stream.timeout(SILENCE);
    byte[] frame;
    while ((frame = stream.readFrame(RpcLimits.MAX_RPC_BYTES)) != null) {
      Rpc rpc = RpcCodec.decode(frame);
      if (!engine.offer(new GossipInput.Received(peer, rpc), rpc.footprint())) {
        LOG.trace("too busy for an RPC of {}", peer);
      }
    }
  }

  /// Ends all streams, and those that are on their way here.
  void close() {
    closed = true;
    streams.values().forEach(Stream::reset);
  }
}
