package io.kadenza.kad.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.Dht;
import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.engine.Inspection;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.engine.PeerOutcome;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.internal.keeping.Holdings;
import io.kadenza.kad.internal.keeping.MemoryHoldings;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import io.kadenza.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server whose disk takes as long as the test likes, and a client, on loopback.
class AcknowledgementsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final KadConfig CONFIG =
      KadConfig.DEFAULT.withMode(Mode.SERVER).withValidators(Validators.open());

  /// What is kept in memory and becomes durable when the test says so.
  private static final class SlowHoldings implements Holdings {
    private final Holdings memory = new MemoryHoldings(CONFIG, new SplittableRandom(1));
    final CompletableFuture<Void> commit = new CompletableFuture<>();
    final CountDownLatch waiting = new CountDownLatch(1);

    @Override
    public Stores stores() {
      return memory.stores();
    }

    @Override
    public boolean isLasting() {
      return false;
    }

    @Override
    public List<PeerInfo> contacts() {
      return List.of();
    }

    @Override
    public void saveContacts(List<PeerInfo> contacts) {}

    @Override
    public CompletableFuture<Void> sync() {
      waiting.countDown();
      return commit;
    }

    @Override
    public Health health() {
      return new Health.Well();
    }

    @Override
    public void close() {}
  }

  private final SlowHoldings holdings = new SlowHoldings();
  private final Host serverHost =
      Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  private final KadDriver server =
      new KadDriver(serverHost, CONFIG, holdings, new SplittableRandom(2));
  private final Host clientHost = Host.builder(Identity.generate(KeyType.ED25519)).start();
  private final Dht client =
      Dht.builder(clientHost).mode(Mode.CLIENT).validators(Validators.open()).start();

  private final Host otherHost = Host.builder(Identity.generate(KeyType.ED25519)).start();
  private final Dht other =
      Dht.builder(otherHost).mode(Mode.CLIENT).validators(Validators.open()).start();

  @BeforeEach
  void join() {
    client.bootstrap(List.of(serverHost.info()), LIMIT);
    other.bootstrap(List.of(serverHost.info()), LIMIT);
  }

  @AfterEach
  void close() {
    client.close();
    clientHost.close();
    other.close();
    otherHost.close();
    server.close();
    serverHost.close();
  }

  private CompletableFuture<Outcome.Stored> put() {
    return CompletableFuture.supplyAsync(() -> client.put(KEY, Bytes.utf8("value"), LIMIT));
  }

  @Test
  void aValueIsAcknowledgedOnceItIsDurable() throws InterruptedException {
    var stored = put();
    holdings.waiting.await();
    assertThat(stored).isNotDone();
    assertThat(server.look(Inspection::valueCount).join()).isEqualTo(1);

    holdings.commit.complete(null);

    assertThat(stored.join().perPeer())
        .extracting(PeerOutcome::result)
        .containsExactly(PeerOutcome.Result.STORED);
  }

  @Test
  void aValueThatMayBeLostIsRefused() throws InterruptedException {
    var stored = put();
    holdings.waiting.await();
    holdings.commit.completeExceptionally(
        new StoreException(StoreException.Reason.DISK_FULL, "no room left"));

    assertThat(stored.join().perPeer())
        .extracting(PeerOutcome::result)
        .containsExactly(PeerOutcome.Result.REFUSED);
  }

  @Test
  void aKeyToProvideIsTakenOnceThatIsDurable() throws InterruptedException {
    var outcome =
        server.start(new Operation.StartProviding(List.of(KEY)), LIMIT, _ -> {}).outcome();
    holdings.waiting.await();
    assertThat(server.look(_ -> holdings.stores().keystore().size()).join()).isEqualTo(1);
    assertThat(outcome).isNotDone();

    holdings.commit.complete(null);

    assertThat(outcome.join())
        .isInstanceOfSatisfying(
            Outcome.ProvidingStarted.class, started -> assertThat(started.added()).isEqualTo(1));
  }

  @Test
  void theEngineAnswersOthersMeanwhile() throws InterruptedException {
    var stored = put();
    holdings.waiting.await();

    assertThat(other.closest(Bytes.utf8("else"), LIMIT).stats().answered()).isEqualTo(1);
    assertThat(other.get(Bytes.utf8("/v/other"), Quorum.ALL, LIMIT))
        .isInstanceOf(GetResult.NotFound.class);

    holdings.commit.complete(null);
    stored.join();
  }
}
