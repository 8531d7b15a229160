package io.kadenza.gossip.internal;

import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcCodec;
import io.kadenza.host.Connection;
import io.kadenza.host.Host;
import io.kadenza.host.HostException;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one peer: a stream that is only written to ("the outbound stream is used only to
/// write data"), a queue before it, and a thread that opens the one and empties the other. A stream
/// that breaks while the peer stays connected is opened again, and the engine told, since the peer
/// then has to hear our topics anew; the engine is also told where some of that found no room.
///
/// All calls may come from any thread and return at once, but for [#awaitUp].
final class PeerLink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);

  /// How often in a row a stream may fail before the peer is given up until it connects anew.
  private static final int MAX_FAILURES = 4;

  /// The pause after the first failure; it doubles with each.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private final PeerId peer;
  private final Host host;
  private final MeshProtocol protocol;
  private final Consumer<GossipInput> engine;
  private final Consumer<PeerLink> onEnd;

  /// Let go of once it has ended, or a peer that keeps reconnecting would grow a chain.
  private @Nullable PeerLink previous;

  private final OutboundQueue queue;
  private final CountDownLatch up = new CountDownLatch(1);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean closed;
  private volatile @Nullable Stream stream;

  /// Something that the peer has to be told found no room.
  private volatile boolean missed;

  /// @param protocol what the peer is known to speak
  /// @param room shared by all links
  /// @param previous the last link to the same peer, which is to end before this one begins
  /// @param onEnd told when the link is at its end
  PeerLink(
      PeerId peer,
      Host host,
      MeshProtocol protocol,
      OutboundRoom room,
      @Nullable PeerLink previous,
      Consumer<GossipInput> engine,
      Consumer<PeerLink> onEnd) {
    this.peer = peer;
    this.host = host;
    this.protocol = protocol;
    this.queue = new OutboundQueue(room);
    this.previous = previous;
    this.engine = engine;
    this.onEnd = onEnd;
    this.thread = Thread.ofVirtual().name("gossip-to-" + peer.shortName()).unstarted(this::run);
  }

  PeerId peer() {
    return peer;
  }

  boolean isClosed() {
    return closed;
  }

  /// Starts the link; once, however often it is called.
  void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  /// Waits until the engine knows the peer.
  void awaitUp() throws InterruptedException {
    up.await();
  }

  void send(Rpc rpc) {
    if (queue.offer(rpc) == OutboundQueue.Admission.OVERFLOWED) {
      // Before the look at the stream: if there is none yet, whoever opens it sees this.
      missed = true;
      Stream broken = stream;
      if (broken != null) {
        LOG.trace("{} reads too slowly; its stream is opened anew", peer);
        broken.reset();
      }
    }
  }

  /// Ends the link.
  void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try {
      if (previous != null) {
        previous.ended.join();
        previous = null;
      }
      engine.accept(new GossipInput.PeerUp(peer, protocol));
      up.countDown();
      serve();
    } catch (InterruptedException end) {
      // Closed.
    } finally {
      closed = true;
      queue.close();
      up.countDown();
      engine.accept(new GossipInput.PeerDown(peer));
      onEnd.accept(this);
      ended.complete(null);
    }
  }

  private void serve() throws InterruptedException {
    int failures = 0;
    while (!closed) {
      try (Stream open = open()) {
        stream = open;
        if (failures > 0 || missed) {
          missed = false;
          queue.clear();
          MeshProtocol agreed = MeshProtocol.of(open.protocol()).orElse(protocol);
          engine.accept(new GossipInput.PeerUp(peer, agreed));
        }
        while (!closed) {
          open.writeFrame(RpcCodec.encode(queue.take()));
          failures = 0;
        }
      } catch (HostException failed) {
        LOG.trace("the stream to {} failed: {}", peer, failed.getMessage());
        abandon();
        if (isUnsupported(failed) || ++failures == MAX_FAILURES) {
          return;
        }
        queue.clear();
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (failures - 1)));
      }
    }
  }

  /// Resets what a failed stream left behind.
  private void abandon() {
    Stream broken = stream;
    stream = null;
    if (broken != null) {
      broken.reset();
    }
  }

  private Stream open() {
    Optional<Connection> connection =
        host.connections().stream().filter(c -> c.isOpen() && c.peer().equals(peer)).findFirst();
    if (connection.isEmpty()) {
      throw new StreamException(StreamException.Reason.CONNECTION_CLOSED, "not connected");
    }
    return connection.get().open(MeshProtocol.IDS, OPEN_LIMIT);
  }

  private static boolean isUnsupported(HostException failed) {
    return failed instanceof StreamException s && s.reason() == StreamException.Reason.UNSUPPORTED;
  }
}
