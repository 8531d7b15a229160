package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A node that publishes, and whose disk becomes full.
class FullDiskTest {
  private static final Duration INTERVAL = Duration.ofHours(22);
  private static final Bytes KEY = Bytes.utf8("/v/own");
  private static final KadConfig CONFIG =
      TestNetwork.CONFIG
          .withTraces(false)
          .withReprovideInterval(INTERVAL)
          .withRefreshInterval(Duration.ofHours(100));

  private final TestNetwork net = new TestNetwork(6, CONFIG);
  private final FullDisk disk = new FullDisk();
  private final DiskHoldings holdings =
      DiskHoldings.over(Store.over(disk), CONFIG, new SplittableRandom(1), net.now().wall());
  private int stored;

  @AfterEach
  void close() {
    holdings.close();
  }

  private Fault count(KadRequest request) {
    stored += request instanceof KadRequest.PutValue ? 1 : 0;
    return Fault.NONE;
  }

  @Test
  void t44WhatWasPublishedIsStoredAgainThoughNothingCanBeWrittenDown() {
    List<TestNode> servers = net.servers(5);
    TestNode publisher = net.client(holdings.stores());
    net.run(publisher, new Operation.Bootstrap(List.of(servers.getFirst().info())));
    net.run(publisher, new Operation.Publish(KEY, Bytes.utf8("value")));

    disk.full = true;
    holdings.stores().keystore().sweptUntil(net.now().wall());
    var _ = holdings.sync().exceptionally(_ -> null).join();
    assertThat(holdings.health().isWell()).isFalse();
    net.faults = (_, request) -> count(request);
    net.runFor(INTERVAL.plusHours(1));

    assertThat(stored).isEqualTo(5);
    assertThat(holdings.stores().ownValues().get(KEY).orElseThrow().stored().orElseThrow())
        .isAfter(net.now().wall().minus(Duration.ofHours(2)));
  }
}
