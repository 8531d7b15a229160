package io.kadenza.kad.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.internal.keeping.Holdings;
import io.kadenza.kad.internal.keeping.MemoryHoldings;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.OwnValues;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Health;
import io.kadenza.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How a driver begins and ends on a real host that dials nobody.
class KadDriverTest {
  private static final KadConfig CONFIG = KadConfig.DEFAULT;

  private final RandomGenerator random = new SplittableRandom(1);
  private final Host host = Host.builder(Identity.generate(KeyType.ED25519)).start();

  @AfterEach
  void end() {
    host.close();
  }

  /// Notes that it was closed.
  private static class Lent implements Holdings {
    private final Holdings all;
    boolean closed;

    Lent(Holdings all) {
      this.all = all;
    }

    @Override
    public Stores stores() {
      return all.stores();
    }

    @Override
    public List<PeerInfo> contacts() {
      return all.contacts();
    }

    @Override
    public void saveContacts(List<PeerInfo> contacts) {
      all.saveContacts(contacts);
    }

    @Override
    public boolean isLasting() {
      return all.isLasting();
    }

    @Override
    public CompletableFuture<Void> sync() {
      return all.sync();
    }

    @Override
    public Health health() {
      return all.health();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Lent holdings() {
    return new Lent(new MemoryHoldings(CONFIG, random));
  }

  /// What outlives the node, on a disk that can be read once.
  private final class ReadableOnce extends Lent {
    private int reads;

    ReadableOnce() {
      super(new MemoryHoldings(CONFIG, random));
    }

    @Override
    public boolean isLasting() {
      return true;
    }

    @Override
    public List<PeerInfo> contacts() {
      if (++reads > 1) {
        throw new StoreException(StoreException.Reason.IO, "the disk is gone");
      }
      return super.contacts();
    }
  }

  /// Holdings on a disk for which too much waits to take any change of what is published.
  private final class Overloaded extends Lent implements OwnValues {
    Overloaded() {
      super(new MemoryHoldings(CONFIG, random));
    }

    @Override
    public Stores stores() {
      var all = super.stores();
      return new Stores(all.records(), all.providers(), all.keystore(), this);
    }

    private static StoreException overloaded() {
      return new StoreException(StoreException.Reason.OVERLOADED, "too much waits");
    }

    @Override
    public boolean keep(Bytes key, Bytes value) {
      throw overloaded();
    }

    @Override
    public boolean forget(Bytes key) {
      throw overloaded();
    }

    @Override
    public Optional<OwnValue> get(Bytes key) {
      return Optional.empty();
    }

    @Override
    public List<OwnValue> all() {
      return List.of();
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void stored(Bytes key, Instant when) {}
  }

  @Test
  void oneThatCannotReadItsDirectoryAgainHasStartedAllTheSame() {
    var holdings = new ReadableOnce();
    try (var _ = new KadDriver(host, CONFIG, holdings, random)) {
      assertThat(host.protocols()).contains(CONFIG.protocol());
    }
    assertThat(holdings.closed).isTrue();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoAskedForWhatTheEngineFailedAtIsToldWhy() {
    try (var driver = new KadDriver(host, CONFIG, new Overloaded(), random)) {
      var unpublish = new Operation.Unpublish(Bytes.utf8("/v/hello"));

      var outcome = driver.start(unpublish, Duration.ofDays(1), _ -> {}).outcome();

      assertThatThrownBy(outcome::join).hasRootCauseInstanceOf(StoreException.class);
    }
  }

  @Test
  void oneThatFindsItsProtocolServedAlreadyLeavesNothingBehind() {
    var second = holdings();
    try (var _ = new KadDriver(host, CONFIG, holdings(), random)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KadDriver(host, CONFIG, second, random))
          .withMessageContaining(CONFIG.protocol());

      assertThat(second.closed).isTrue();
      assertThat(host.protocols()).as("the first's").contains(CONFIG.protocol());
    }
    assertThat(host.protocols()).doesNotContain(CONFIG.protocol());
  }

  @Test
  void oneThatIsClosedServesNobody() {
    var driver = new KadDriver(host, CONFIG, holdings(), random);
    driver.close();

    driver.mode(Mode.SERVER);

    assertThat(host.protocols()).doesNotContain(CONFIG.protocol());
  }

  @Test
  void oneWhoseEngineHasEndedServesNobodyAndLeavesNobodyWaiting() {
    try (var driver = new KadDriver(host, CONFIG, holdings(), random)) {
      var events = driver.events(1);
      var question =
          driver.look(_ -> {
            throw new StackOverflowError("as a heap that is full");
          });

      assertThatThrownBy(question::join).isInstanceOf(CancellationException.class);
      assertThat(events).as("ends").isEmpty();
      assertThat(driver.events(1)).as("has ended").isEmpty();
      driver.mode(Mode.SERVER);
      assertThat(host.protocols()).doesNotContain(CONFIG.protocol());
      var put = new Operation.PutValue(Bytes.utf8("/v/hello"), Bytes.utf8("world"));
      assertThat(driver.start(put, Duration.ofDays(1), _ -> {}).outcome()).isCancelled();
    }
  }
}
