package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.record.Verdict;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Putting and getting values.
class ValuesTest {
  private static final Bytes KEY = Bytes.utf8("a key");
  private static final Bytes VALUE = Bytes.utf8("a value");

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 40})
  void whatOnePutsAnotherGets(int size) {
    var net = new TestNetwork(size);
    List<TestNode> nodes = net.servers(size);
    var stored = net.run(nodes.get(size / 2), new Operation.PutValue(KEY, VALUE));
    assertThat(stored.local()).isEqualTo(StoreVerdict.STORED);
    assertThat(stored.isRefused()).isFalse();
    assertThat(stored.copies()).isEqualTo(Math.min(20, size - 1));
    var value = net.run(nodes.getLast(), new Operation.GetValue(KEY, 0));
    assertThat(value.best().map(Record::value)).contains(VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPutReachesExactlyTheClosestPeers(long seed) {
    var net = new TestNetwork(seed);
    List<TestNode> nodes = net.servers(60);
    net.runFor(Duration.ofMinutes(1));
    TestNode writer = nodes.get(30);
    var stored = net.run(writer, new Operation.PutValue(KEY, VALUE));
    List<PeerInfo> expected =
        net.closestServers(KadKey.of(KEY)).stream()
            .filter(node -> node != writer)
            .limit(20)
            .map(TestNode::info)
            .toList();
    assertThat(stored.perPeer()).extracting(PeerOutcome::peer).isEqualTo(expected);
    assertThat(stored.stats().reason()).isEqualTo(Termination.COMPLETED);
  }

  @Test
  void aNodeThatKnowsNobodyStoresLocallyAndSaysSo() {
    var net = new TestNetwork(1);
    TestNode lonely = net.server();
    var stored = net.run(lonely, new Operation.PutValue(KEY, VALUE));
    assertThat(stored.local()).isEqualTo(StoreVerdict.STORED);
    assertThat(stored.perPeer()).isEmpty();
    assertThat(stored.stats().reason()).isEqualTo(Termination.NO_PEERS);
    var value = net.run(lonely, new Operation.GetValue(KEY, 0));
    assertThat(value.best().map(Record::value)).contains(VALUE);
    assertThat(value.answers()).isEqualTo(1);
    var provided = net.run(lonely, new Operation.Provide(KEY));
    assertThat(provided.perPeer()).isEmpty();
    assertThat(provided.local()).isEqualTo(StoreVerdict.STORED);
    var found = net.run(lonely, new Operation.FindProviders(KEY, 1));
    assertThat(found.providers()).containsExactly(lonely.info());
  }

  @Test
  void whatNobodyHasIsNotFoundButItsNeighboursAre() {
    var net = new TestNetwork(2);
    List<TestNode> nodes = net.servers(10);
    var value = net.run(nodes.getFirst(), new Operation.GetValue(KEY, 0));
    assertThat(value.best()).isEmpty();
    assertThat(value.answers()).isZero();
    assertThat(value.closest()).hasSize(9);
    assertThat(value.stats().reason()).isEqualTo(Termination.STARVED);
  }

  @Test
  void aQuorumEndsTheWalkEarly() {
    var net = new TestNetwork(3);
    List<TestNode> nodes = net.servers(40);
    net.run(nodes.get(5), new Operation.PutValue(KEY, VALUE));
    TestNode reader = farthest(net);
    var quick = net.run(reader, new Operation.GetValue(KEY, 2));
    var full = net.run(reader, new Operation.GetValue(KEY, 0));
    assertThat(quick.answers()).isEqualTo(2);
    assertThat(quick.stats().reason()).isEqualTo(Termination.STOPPED);
    assertThat(full.answers()).isEqualTo(20);
    assertThat(quick.stats().asked()).isLessThan(full.stats().asked());
  }

  @Test
  void rule18StaleAndEmptyHandedPeersAreCorrected() {
    var config = TestNetwork.CONFIG.withValidators(Validators.open().with("n", new Longest()));
    var net = new TestNetwork(4, config);
    List<TestNode> nodes = net.servers(30);
    Bytes key = Bytes.utf8("/n/x");
    net.run(nodes.get(3), new Operation.PutValue(key, Bytes.utf8("old")));
    List<TestNode> closest = net.closestServers(KadKey.of(key));
    TestNode writer = closest.get(2);
    TestNode empty = net.server();
    net.run(empty, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    // Only one of the closest has the new value.
    net.apply(
        writer,
        new EngineInput.Start(
            1_000, new Operation.PutValue(key, Bytes.utf8("newer")), Duration.ofNanos(1)));
    net.runFor(Duration.ofSeconds(30));
    TestNode reader = farthest(net);
    var value = net.run(reader, new Operation.GetValue(key, 0));
    assertThat(value.best().map(Record::value)).contains(Bytes.utf8("newer"));
    net.runFor(Duration.ofSeconds(5));
    for (PeerInfo peer : value.closest()) {
      var local = net.run(net.node(peer.id()), new Operation.GetValue(key, 1));
      assertThat(local.best().map(Record::value)).contains(Bytes.utf8("newer"));
      assertThat(local.stats().asked()).isZero();
    }
  }

  @Test
  void rule18CorrectionHappensAlsoWhenAQuorumEndedTheWalk() {
    var net = new TestNetwork(5);
    List<TestNode> nodes = net.servers(30);
    net.run(nodes.get(5), new Operation.PutValue(KEY, VALUE));
    TestNode late = null;
    while (late == null) {
      TestNode candidate = net.server();
      net.run(candidate, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
      if (net.closestServers(KadKey.of(KEY)).indexOf(candidate) < 3) {
        late = candidate;
      }
    }
    net.runFor(Duration.ofMinutes(1));
    TestNode reader = farthest(net);
    int before = late.events(EngineEvent.RecordStored.class).size();
    net.run(reader, new Operation.GetValue(KEY, 16));
    net.runFor(Duration.ofSeconds(5));
    assertThat(late.events(EngineEvent.RecordStored.class)).hasSize(before + 1);
  }

  @Test
  void anInvalidValueIsRefusedBeforeAnythingIsSent() {
    var net = new TestNetwork(6, KadConfig.DEFAULT);
    List<TestNode> nodes = net.servers(3);
    net.runFor(Duration.ofMinutes(1));
    int sent = nodes.getFirst().requestsSent;
    var stored = net.run(nodes.getFirst(), new Operation.PutValue(KEY, VALUE));
    assertThat(stored.local()).isEqualTo(StoreVerdict.INVALID);
    assertThat(stored.isRefused()).isTrue();
    assertThat(stored.why()).contains("/pk/");
    assertThat(stored.perPeer()).isEmpty();
    assertThat(nodes.getFirst().requestsSent).isEqualTo(sent);
  }

  @Test
  void anOlderValueThanTheOneHereIsRefused() {
    var config = TestNetwork.CONFIG.withValidators(Validators.strict().with("n", new Longest()));
    var net = new TestNetwork(7, config);
    TestNode node = net.server();
    Bytes key = Bytes.utf8("/n/x");
    net.run(node, new Operation.PutValue(key, Bytes.utf8("longer")));
    var stored = net.run(node, new Operation.PutValue(key, Bytes.utf8("short")));
    assertThat(stored.local()).isEqualTo(StoreVerdict.OUTDATED);
  }

  @Test
  void everyPeersOutcomeIsTold() {
    var net = new TestNetwork(8);
    List<TestNode> nodes = net.servers(6);
    net.faults =
        (to, request) -> {
          if (!(request instanceof KadRequest.PutValue)) {
            return Fault.NONE;
          }
          return switch (nodes.indexOf(to)) {
            case 1 -> Fault.SILENT;
            case 2 -> Fault.RESET;
            case 3 -> Fault.UNREACHABLE;
            default -> Fault.NONE;
          };
        };
    var stored = net.run(nodes.getFirst(), new Operation.PutValue(KEY, VALUE));
    assertThat(stored.perPeer())
        .containsExactlyInAnyOrder(
            new PeerOutcome(nodes.get(1).info(), PeerOutcome.Result.UNDER_WAY),
            new PeerOutcome(nodes.get(2).info(), PeerOutcome.Result.REFUSED),
            new PeerOutcome(nodes.get(3).info(), PeerOutcome.Result.UNREACHABLE),
            new PeerOutcome(nodes.get(4).info(), PeerOutcome.Result.STORED),
            new PeerOutcome(nodes.get(5).info(), PeerOutcome.Result.STORED));
    assertThat(stored.copies()).isEqualTo(2);
  }

  @Test
  void aPeerThatDoesNotAnswerTheWalkIsNotSentTheRecordUnlessTheWalkIsEager() {
    var net =
        new TestNetwork(
            9, TestNetwork.CONFIG.withLookup(TestNetwork.CONFIG.lookup().withEager(false)));
    List<TestNode> nodes = net.servers(6);
    nodes.get(2).up = false;
    var stored = net.run(nodes.getFirst(), new Operation.PutValue(KEY, VALUE));
    assertThat(stored.perPeer()).hasSize(4).allMatch(PeerOutcome::isStored);
    assertThat(stored.stats().asked()).isEqualTo(5);
    assertThat(stored.stats().answered()).isEqualTo(4);
  }

  /// Where slow peers are not replaced before.
  @ParameterizedTest
  @EnumSource(names = {"UNREACHABLE", "SILENT"})
  void whoeverCannotBeReachedIsReplacedByTheNextClosest(Fault fault) {
    KadConfig patient =
        TestNetwork.CONFIG.withLookup(TestNetwork.CONFIG.lookup().withHedged(false));
    var net = new TestNetwork(9, patient);
    List<TestNode> nodes = net.servers(40);
    List<TestNode> closest = net.closestServers(KadKey.of(KEY));
    TestNode writer = closest.getLast();
    net.faults =
        (to, request) ->
            request instanceof KadRequest.PutValue && closest.indexOf(to) < 5 ? fault : Fault.NONE;
    var stored = net.run(writer, new Operation.PutValue(KEY, VALUE));
    assertThat(nodes).hasSize(40);
    assertThat(stored.copies()).isEqualTo(20);
    assertThat(stored.perPeer()).hasSize(25);
  }

  @Test
  void whenTheWalkTakesTooLongThoseFoundAreTold() {
    var patient = TestNetwork.CONFIG.lookup().withEager(false).withHedged(false);
    var net = new TestNetwork(10, TestNetwork.CONFIG.withLookup(patient));
    List<TestNode> nodes = net.servers(6);
    nodes.get(2).up = false;
    long id =
        net.start(nodes.getFirst(), new Operation.PutValue(KEY, VALUE), Duration.ofSeconds(4));
    net.runFor(Duration.ofSeconds(5));
    var stored = (Outcome.Stored) nodes.getFirst().outcomes.get(id);
    assertThat(stored.copies()).isEqualTo(4);
    assertThat(stored.stats().reason()).isEqualTo(Termination.TIMED_OUT);
  }

  /// The node that is farthest from [#KEY], so that it holds nothing itself.
  private static TestNode farthest(TestNetwork net) {
    return net.closestServers(KadKey.of(KEY)).getLast();
  }

  /// Longer values are better.
  private static final class Longest implements Validator {
    @Override
    public Verdict validate(Bytes key, Bytes value, Instant now) {
      return value.isEmpty() ? Verdict.invalid("empty") : Verdict.valid();
    }

    @Override
    public int select(Bytes key, List<Bytes> values) {
      int best = 0;
      for (int i = 1; i < values.size(); i++) {
        best = values.get(i).size() > values.get(best).size() ? i : best;
      }
      return best;
    }
  }
}
