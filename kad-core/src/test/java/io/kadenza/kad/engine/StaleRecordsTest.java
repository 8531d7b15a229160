package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Twenty peers hold something under an IPNS name: three an old record, one the newest, and
/// sixteen, which validate nothing, garbage.
class StaleRecordsTest {
  private static final KadConfig HONEST = KadConfig.DEFAULT.withIpLimits(IpLimits.NONE);

  /// Takes everything below `/ipns/`.
  private static final KadConfig CARELESS = TestNetwork.CONFIG;

  private final PrivateKey owner = PrivateKey.generate(KeyType.ED25519);
  private final Bytes key = new IpnsName(owner.publicKey().peerId()).key();
  private final List<TestNode> stale = new ArrayList<>();
  private long operations = 1_000;

  /// Twenty peers hold something under the name: three an old record, one the newest, and sixteen,
  /// which validate nothing, garbage.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void t35TheNewestRecordIsFoundAndTheOthersAreCorrected(long seed) {
    var net = new TestNetwork(seed, HONEST);
    TestNode first = net.server();
    Bytes newest = record(net, 2);
    hold(net, first, newest);
    for (int i = 0; i < 3; i++) {
      stale.add(joined(net, first, HONEST, record(net, 1)));
    }
    for (int i = 0; i < 16; i++) {
      joined(net, first, CARELESS, Bytes.utf8("garbage " + i));
    }
    TestNode reader = net.server();
    net.run(reader, new Operation.Bootstrap(List.of(first.info())));

    var found = net.run(reader, new Operation.GetValue(key, 16));

    assertThat(found.best().map(Record::value)).as("seed " + seed).contains(newest);
    assertThat(found.answers()).isEqualTo(4);
    net.runFor(Duration.ofSeconds(5));
    for (TestNode node : stale) {
      var local = net.run(node, new Operation.GetValue(key, 1));
      assertThat(local.best().map(Record::value)).contains(newest);
      assertThat(local.stats().asked()).isZero();
    }
  }

  @Test
  void weKeepTheNewestOurselvesWhereWeHadAnOlderOne() {
    var net = new TestNetwork(7, HONEST);
    TestNode first = net.server();
    Bytes newest = record(net, 2);
    hold(net, first, newest);
    TestNode reader = joined(net, first, HONEST, record(net, 1));

    net.run(reader, new Operation.GetValue(key, 0));

    var held = reader.stores().records().get(key, net.now().wall());
    assertThat(held.map(Record::value)).contains(newest);
  }

  @Test
  void whoIsAboutToLeaveCanWaitUntilTheOthersAreCorrected() {
    var net = new TestNetwork(5, HONEST);
    Bytes newest = record(net, 2);
    TestNode reader = readerOfTwoVersions(net, newest);
    net.run(reader, new Operation.GetValue(key, 0));

    var settled = net.run(reader, new Operation.Settle());

    assertThat(settled.left()).isZero();
    assertThat(settled.stats().reason()).isEqualTo(Termination.COMPLETED);
    var held = stale.getFirst().stores().records().get(key, net.now().wall());
    assertThat(held.map(Record::value)).contains(newest);
    var again = net.run(reader, new Operation.Settle());
    assertThat(again.left()).isZero();
  }

  @Test
  void whoIsAboutToLeaveDoesNotWaitForASilentPeer() {
    var net = new TestNetwork(6, HONEST);
    TestNode reader = readerOfTwoVersions(net, record(net, 2));
    net.faults =
        (_, request) ->
            request instanceof KadRequest.PutValue
                ? TestNetwork.Fault.SILENT
                : TestNetwork.Fault.NONE;
    net.run(reader, new Operation.GetValue(key, 0));

    long id = net.start(reader, new Operation.Settle(), Duration.ofSeconds(1));
    net.runFor(Duration.ofSeconds(2));

    assertThat(reader.outcomes.get(id))
        .isEqualTo(new Outcome.Settled(1, LookupStats.none(Termination.TIMED_OUT)));
  }

  /// A client in a network of two servers, of which one has the newest record and one an old one.
  private TestNode readerOfTwoVersions(TestNetwork net, Bytes newest) {
    TestNode first = net.server();
    hold(net, first, newest);
    stale.add(joined(net, first, HONEST, record(net, 1)));
    TestNode reader = net.client();
    net.run(reader, new Operation.Bootstrap(List.of(first.info())));
    return reader;
  }

  private Bytes record(TestNetwork net, long sequence) {
    return IpnsRecord.sign(
            owner,
            Bytes.utf8("/ipfs/version-" + sequence),
            sequence,
            net.now().wall().plus(Duration.ofDays(1)),
            Duration.ZERO)
        .bytes();
  }

  private TestNode joined(TestNetwork net, TestNode first, KadConfig config, Bytes value) {
    TestNode node = net.add(config);
    hold(net, node, value);
    net.run(node, new Operation.Bootstrap(List.of(first.info())));
    return node;
  }

  /// Stores a value at one node before it knows any other.
  private void hold(TestNetwork net, TestNode node, Bytes value) {
    var put = new Operation.PutValue(key, value);
    net.apply(node, new EngineInput.Start(operations++, put, Duration.ofSeconds(1)));
  }

  /// The reader knows nobody but the peer that is farthest from the key.
  @Test
  void whoWasOnlyAskedForTheWayIsNotMadeToKeepTheValue() {
    var net = new TestNetwork(4, HONEST);
    List<TestNode> nodes = net.servers(60);
    Bytes value = record(net, 1);
    net.run(nodes.getFirst(), new Operation.PutValue(key, value));
    TestNode far = net.closestServers(KadKey.of(key)).getLast();
    TestNode reader = net.client();
    net.connect(reader, far);
    net.runFor(Duration.ofSeconds(2));
    assertThat(reader.tableSize()).isEqualTo(1);

    var found = net.run(reader, new Operation.GetValue(key, 1));

    assertThat(found.best().map(Record::value)).contains(value);
    assertThat(found.stats().reason()).isEqualTo(Termination.STOPPED);
    assertThat(found.closest()).contains(far.info());
    net.runFor(Duration.ofSeconds(5));
    assertThat(far.events(EngineEvent.RecordStored.class)).isEmpty();
  }
}
