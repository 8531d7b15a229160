package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node that is stopped between two rounds of its sweep, and opens its stores again.
class RestartedSweepTest {
  private static final Duration INTERVAL = Duration.ofHours(22);
  private static final Bytes VALUE_KEY = Bytes.utf8("/v/own");
  private static final KadConfig CONFIG =
      TestNetwork.CONFIG
          .withTraces(false)
          .withReprovideInterval(INTERVAL)
          .withRefreshInterval(Duration.ofHours(100));

  private final TestNetwork net = new TestNetwork(5, CONFIG);
  private final MemoryDatabase database = new MemoryDatabase();
  private DiskHoldings holdings = open();
  private int announced;
  private int stored;

  private DiskHoldings open() {
    return DiskHoldings.over(
        Store.over(database), CONFIG, new SplittableRandom(1), net.now().wall());
  }

  private Fault count(KadRequest request) {
    announced += request instanceof KadRequest.AddProvider ? 1 : 0;
    stored += request instanceof KadRequest.PutValue ? 1 : 0;
    return Fault.NONE;
  }

  @AfterEach
  void close() {
    holdings.close();
  }

  /// In a network of few peers one region is all of the keyspace, and the sweep is ahead of the
  /// clock once it has told it; in a larger one it has come half its way.
  @ParameterizedTest
  @ValueSource(ints = {5, 60})
  void whatWasToldTenHoursAgoIsToldAgainTwelveHoursLater(int size) {
    List<TestNode> servers = net.servers(size);
    TestNode provider = net.client(holdings.stores());
    var join = new Operation.Bootstrap(List.of(servers.getFirst().info()));
    net.run(provider, join);
    List<Bytes> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.add(Bytes.utf8("content " + i));
    }
    net.run(provider, new Operation.StartProviding(keys));
    net.runFor(INTERVAL.multipliedBy(2));
    net.run(provider, new Operation.Publish(VALUE_KEY, Bytes.utf8("value")));
    net.faults = (_, request) -> count(request);
    int copies = Math.min(size, CONFIG.k());
    net.runFor(Duration.ofHours(10));
    int before = announced;

    holdings.close();
    holdings = open();
    net.restart(provider, holdings.stores());
    net.run(provider, join);
    net.runFor(Duration.ofMinutes(10));

    assertThat(announced - before).as("told at once").isLessThan(keys.size() * copies / 10);
    assertThat(stored).isZero();

    net.runFor(Duration.ofHours(12));

    assertThat(announced).isEqualTo(keys.size() * copies);
    assertThat(stored).isEqualTo(copies);
  }
}
