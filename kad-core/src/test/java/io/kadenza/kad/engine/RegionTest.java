package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Records held by a region instead of a number of peers.
class RegionTest {
  private static final Bytes KEY = Bytes.utf8("/censored/key");
  private static final Bytes VALUE = Bytes.utf8("value");
  private static final KadConfig CONFIG = TestNetwork.CONFIG.withTraces(false);

  @Test
  void a1PeersWithGroundIdsDoNotKeepARecordFromBeingFoundInARegion() {
    assertThat(getDespiteSybils(CONFIG.withRegion(1.5))).contains(VALUE);
  }

  @Test
  void a1AtTheClosestAloneTheyDo() {
    var lookup = CONFIG.lookup().withEager(false);
    assertThat(getDespiteSybils(CONFIG.withRegion(0).withLookup(lookup))).isEmpty();
  }

  /// Twenty peers nearer to the key than anybody honest take part in everything, but keep no record
  /// of those that they take.
  private static Optional<Bytes> getDespiteSybils(KadConfig config) {
    var net = new TestNetwork(5, config);
    List<TestNode> honest = net.servers(80);
    var sybils = new HashSet<TestNode>();
    KadKey target = KadKey.of(KEY);
    KadKey nearest = net.closestServers(target).getFirst().contact.key();
    while (sybils.size() < 20) {
      PeerId ground = Peers.id(net.random());
      if (target.compareDistance(KadKey.of(ground), nearest) < 0) {
        TestNode sybil = net.server(ground);
        net.run(sybil, new Operation.Bootstrap(List.of(honest.getFirst().info())));
        sybils.add(sybil);
      }
    }
    net.faults =
        (to, request) ->
            sybils.contains(to) && request instanceof KadRequest.PutValue
                ? Fault.PRETENCE
                : Fault.NONE;
    List<TestNode> byDistance = new ArrayList<>(net.closestServers(target));
    TestNode writer = byDistance.getLast();
    TestNode reader = byDistance.get(byDistance.size() - 2);
    for (TestNode node : List.of(writer, reader)) {
      for (int i = 0; i < 10; i++) {
        net.run(node, new Operation.FindClosest(Peers.key(net.random())));
      }
    }
    net.runFor(Duration.ofSeconds(10));
    assertThat(writer.engine.neighbourhood().networkSize().orElseThrow()).isBetween(50.0, 200.0);
    net.run(writer, new Operation.PutValue(KEY, VALUE));
    var value = net.run(reader, new Operation.GetValue(KEY, 0));
    return value.best().map(Record::value);
  }
}
