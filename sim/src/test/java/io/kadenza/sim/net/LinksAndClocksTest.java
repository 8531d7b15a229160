package io.kadenza.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is wrong with links and clocks, one fault at a time, on two or three nodes.
class LinksAndClocksTest {
  private static final KadConfig CONFIG =
      KadConfig.DEFAULT.withValidators(Validators.open()).withIpLimits(IpLimits.NONE);

  private static final Bytes KEY = Bytes.utf8("/test/key");

  private final List<Outcome> outcomes = new ArrayList<>();

  private Network network(Conditions conditions, int count) {
    var seeds = new Seeds(1);
    var network = new Network(seeds, conditions, count);
    var identities = new Identities(seeds.of("ids"));
    for (int i = 0; i < count; i++) {
      network.add(identities.next(), CONFIG);
    }
    network.observe(
        new NetworkObserver() {
          @Override
          public void done(SimNode node, long operationId, Outcome outcome) {
            outcomes.add(outcome);
          }
        });
    for (int i = 1; i < count; i++) {
      SimNode first = network.nodes().getFirst();
      network.start(
          network.nodes().get(i),
          new Operation.Bootstrap(List.of(first.info())),
          Duration.ofMinutes(1));
      pass(network, Duration.ofMinutes(1));
    }
    return network;
  }

  private static void pass(Network network, Duration time) {
    network.timeline().runUntil(network.timeline().nanos() + time.toNanos());
  }

  private <O extends Outcome> O run(Network network, SimNode node, Operation<O> operation) {
    int before = outcomes.size();
    network.start(node, operation, Duration.ofMinutes(2));
    while (outcomes.size() == before) {
      assertThat(network.timeline().step(Long.MAX_VALUE)).isTrue();
    }
    return operation.ended(outcomes.getLast());
  }

  private int closest(Network network, SimNode node) {
    return run(network, node, new Operation.FindClosest(KEY)).peers().size();
  }

  @Test
  void nobodyIsHeardAcrossACut() {
    Network network = network(Conditions.DEFAULT, 3);
    SimNode first = network.nodes().getFirst();
    assertThat(closest(network, first)).isEqualTo(2);
    network.cut(List.of(network.nodes().get(2)));
    assertThat(closest(network, first)).isEqualTo(1);
    network.heal();
    assertThat(closest(network, first)).isEqualTo(2);
  }

  @Test
  void aConnectionSurvivesAShortCutAndNoLongOne() {
    Network network = network(Conditions.DEFAULT, 2);
    SimNode a = network.nodes().get(0);
    SimNode b = network.nodes().get(1);
    assertThat(a.connections.contains(b.index())).isTrue();
    network.cut(List.of(b));
    pass(network, Conditions.SILENCE.minusSeconds(1));
    network.heal();
    pass(network, Conditions.SILENCE);
    assertThat(a.connections.contains(b.index())).isTrue();
    network.cut(List.of(b));
    pass(network, Conditions.SILENCE);
    assertThat(a.connections.contains(b.index())).isFalse();
    assertThat(b.connections.contains(a.index())).isFalse();
  }

  @Test
  void aClockSetForwardMakesRecordsExpireWhereItStands() {
    Network network = network(Conditions.DEFAULT, 3);
    SimNode a = network.nodes().get(0);
    run(network, a, new Operation.PutValue(KEY, Bytes.utf8("value")));
    SimNode ahead = network.nodes().get(1);
    SimNode behind = network.nodes().get(2);
    ahead.clock(new WallClock(Duration.ofHours(49), 0));
    behind.clock(new WallClock(Duration.ofHours(-1), 0));
    assertThat(held(network, ahead)).isEmpty();
    assertThat(held(network, behind)).isPresent();
    assertThat(closest(network, behind)).as("timeouts do not hang on the wall clock").isEqualTo(2);
  }

  private static Optional<Record> held(Network network, SimNode node) {
    return node.records().get(KEY, network.now(node).wall());
  }

  @Test
  void aClockDrifts() {
    Network network = network(Conditions.DEFAULT, 2);
    SimNode a = network.nodes().get(0);
    a.clock(new WallClock(Duration.ofMillis(-500), 100));
    network.timeline().runUntil(Duration.ofSeconds(10_000).toNanos());
    assertThat(Duration.between(network.timeline().now().wall(), network.now(a).wall()))
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aLineThatLosesWhatItSendsIsSlowInOneDirection() {
    long usual = travelled(network(Conditions.DEFAULT, 2), 0);
    Network lossy = network(Conditions.DEFAULT, 2);
    lossy.lose(lossy.nodes().get(0), 0.5, 0);
    assertThat(travelled(lossy, 0)).isGreaterThan(usual + Duration.ofMillis(100).toNanos());
    assertThat(travelled(lossy, 1)).isLessThan(usual + Duration.ofMillis(50).toNanos());
  }

  /// The mean time of a message.
  private static long travelled(Network network, int from) {
    SimNode a = network.nodes().get(from);
    SimNode b = network.nodes().get(1 - from);
    long sum = 0;
    for (int i = 0; i < 200; i++) {
      sum += network.links().travel(a, b);
    }
    return sum / 200;
  }

  @Test
  void messagesWaitForEachOtherOnANarrowLine() {
    Network network = network(Conditions.DEFAULT.withBytesPerSecond(1_000), 2);
    SimNode node = network.nodes().getFirst();
    long now = network.timeline().nanos() + Duration.ofHours(1).toNanos();
    assertThat(network.links().sending(node, 500, now)).isEqualTo(500_000_000L);
    assertThat(network.links().sending(node, 250, now)).isEqualTo(750_000_000L);
    assertThat(network.links().sending(node, 1, now + 2_000_000_000L)).isEqualTo(1_000_000L);
  }

  @Test
  void sizesAreThoseThatTheCodecWrites() {
    Network network = network(Conditions.DEFAULT, 3);
    SimNode node = network.nodes().getFirst();
    PeerInfo info = node.info();
    var record = new Record(KEY, Bytes.utf8("value"));
    for (KadRequest request :
        List.of(
            new KadRequest.FindNode(info.id().bytes()),
            new KadRequest.GetValue(KEY),
            new KadRequest.GetProviders(KEY),
            new KadRequest.PutValue(record),
            new KadRequest.AddProvider(KEY, info))) {
      assertThat(MessageSize.of(request))
          .as("%s", request)
          .isEqualTo(framed(KadCodec.encodeRequest(request)));
    }
    List<Contact> closer = network.nodes().stream().map(SimNode::contact).toList();
    for (KadResponse response :
        List.of(
            new KadResponse.Closer(closer),
            new KadResponse.Value(KEY, Optional.of(record), closer),
            new KadResponse.Providers(KEY, List.of(info), closer),
            new KadResponse.Stored(KEY, Optional.of(record)))) {
      assertThat(MessageSize.of(response))
          .as("%s", response)
          .isEqualTo(framed(KadCodec.encodeResponse(response)));
    }
  }

  private static int framed(byte[] body) {
    return body.length + (body.length < 128 ? 1 : 2);
  }
}
