package io.kadenza.kad.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.internal.client.RpcClient;
import io.kadenza.kad.internal.metrics.RpcMeter;
import io.kadenza.kad.internal.server.RpcServer;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostWatchTest {
  private static final KadConfig CONFIG = KadConfig.DEFAULT;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Host host = host();
  private final Host one = host();
  private final Host other = host();

  /// Who comes and goes, as the engine hears of it.
  private final Deque<EngineInput> told = new ConcurrentLinkedDeque<>();

  private final CountDownLatch gone = new CountDownLatch(1);
  private final CountDownLatch back = new CountDownLatch(1);
  private final AtomicBoolean begun = new AtomicBoolean();

  private Host host() {
    Host started =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.push(started);
    return started;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /// As soon as it is told of one peer, the connection with the other ends.
  @Test
  void aConnectionThatEndsBeforeItIsToldOfIsNotTakenForOneThatLasts() {
    connect(one);
    connect(other);

    watch(input -> {
      told.add(input);
      if (input instanceof EngineInput.PeerConnected(var peer)
          && begun.compareAndSet(false, true)) {
        endConnectionWith(theOther(peer));
      }
    });

    assertThat(gone.getCount()).isZero();
    assertThat(told.getLast()).isInstanceOf(EngineInput.PeerDisconnected.class);
  }

  /// The same; but before this thread gets to say so, there is a new connection.
  @Test
  void anEndThatIsToldOfLateHidesNoNewConnection() {
    connect(one);
    connect(other);
    Thread here = Thread.currentThread();

    watch(input -> {
      switch (input) {
        case EngineInput.PeerConnected(var peer) when begun.compareAndSet(false, true) ->
            endConnectionWith(theOther(peer));
        case EngineInput.PeerDisconnected(var peer) when Thread.currentThread() == here -> {
          connect(peer.equals(one.id()) ? one : other);
          await(back);
        }
        default -> {}
      }
      told.add(input);
      if (input instanceof EngineInput.PeerConnected && gone.getCount() == 0) {
        back.countDown();
      }
    });

    assertThat(back.getCount()).isZero();
    assertThat(told.getLast()).isInstanceOf(EngineInput.PeerConnected.class);
  }

  /// @param engine hears who comes and goes
  private void watch(Consumer<EngineInput> engine) {
    var client = new RpcClient(host, CONFIG, _ -> {}, new RpcMeter());
    var server =
        new RpcServer(CONFIG.serving(), (_, _) -> Optional.empty(), _ -> false, new RpcMeter());
    open.push(
        new HostWatch(
            host,
            CONFIG,
            client,
            server,
            input -> {
              if (input instanceof EngineInput.PeerConnected
                  || input instanceof EngineInput.PeerDisconnected) {
                engine.accept(input);
              }
              if (input instanceof EngineInput.PeerDisconnected) {
                gone.countDown();
              }
            }));
  }

  private void connect(Host peer) {
    host.connect(peer.info(), Duration.ofSeconds(20));
  }

  private PeerId theOther(PeerId peer) {
    return peer.equals(one.id()) ? other.id() : one.id();
  }

  private void endConnectionWith(PeerId peer) {
    host.connection(peer).orElseThrow().close();
    await(gone);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
