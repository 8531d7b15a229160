package io.kadenza.sim.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.table.IpLimits;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  /// A walk that waits for everybody finds everybody; without limits, everybody may be known.
  private static final KadConfig CONFIG =
      KadConfig.DEFAULT
          .withValidators(Validators.open())
          .withLookup(LookupConfig.DEFAULT.withHedged(false))
          .withIpLimits(IpLimits.NONE)
          .withTraces(false);

  private final List<Outcome> outcomes = new ArrayList<>();

  private Network converged(long seed, int count, Conditions conditions) {
    var seeds = new Seeds(seed);
    var network = new Network(seeds, conditions, count);
    var identities = new Identities(seeds.of("ids"));
    for (int i = 0; i < count; i++) {
      network.add(identities.next(), CONFIG);
    }
    var census = new Census(network.nodes());
    var convergence = new Convergence(census, network.timeline().now());
    for (SimNode node : network.nodes()) {
      convergence.fill(node, seeds.of("table", node.index()));
    }
    network.observe(
        new NetworkObserver() {
          @Override
          public void done(SimNode node, long operationId, Outcome outcome) {
            outcomes.add(outcome);
          }
        });
    return network;
  }

  private <O extends Outcome> O run(Network network, SimNode node, Operation<O> operation) {
    int before = outcomes.size();
    network.start(node, operation, Duration.ofMinutes(2));
    while (outcomes.size() == before) {
      assertThat(network.timeline().step(Long.MAX_VALUE)).isTrue();
    }
    return operation.ended(outcomes.getLast());
  }

  private static Bytes key(String name) {
    return Bytes.utf8("/test/" + name);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aWalkInAStaticNetworkFindsExactlyTheClosest(long seed) {
    Network network = converged(seed, 500, Conditions.DEFAULT);
    var census = new Census(network.nodes());
    for (int i = 0; i < 25; i++) {
      SimNode asker = network.nodes().get(i * 9);
      Bytes key = key("key " + i);
      var found = run(network, asker, new Operation.FindClosest(key));
      List<PeerInfo> closest =
          census.closest(KadKey.of(key), 20, node -> node != asker).stream()
              .map(SimNode::info)
              .toList();
      assertThat(found.peers()).as("seed %d, key %d", seed, i).isEqualTo(closest);
    }
  }

  @Test
  void theCensusAgreesWithSortingEverybody() {
    Network network = converged(1, 300, Conditions.DEFAULT);
    var census = new Census(network.nodes());
    for (int i = 0; i < 100; i++) {
      KadKey target = KadKey.of(key("key " + i));
      List<SimNode> sorted =
          network.nodes().stream()
              .filter(SimNode::isUp)
              .sorted((a, b) -> target.compareDistance(a.key(), b.key()))
              .limit(20)
              .toList();
      assertThat(census.closest(target, 20, SimNode::isUp)).isEqualTo(sorted);
    }
  }

  @Test
  void aConvergedTableHoldsKOfEachBucketOrAllThereAre() {
    Network network = converged(1, 200, Conditions.DEFAULT);
    for (SimNode node : network.nodes()) {
      for (int bucket = 0; bucket < 20; bucket++) {
        int prefix = bucket;
        long there =
            network.nodes().stream()
                .filter(other -> node.key().commonPrefixLength(other.key()) == prefix)
                .count();
        assertThat(node.table().bucket(bucket)).hasSize((int) Math.min(20, there));
      }
    }
  }

  @Test
  void whatIsPutByOneIsFoundByAnother() {
    Network network = converged(1, 200, Conditions.DEFAULT);
    var put = new Operation.PutValue(key("a"), Bytes.utf8("hello"));
    var stored = run(network, network.nodes().get(3), put);
    var get = new Operation.GetValue(key("a"), 0);
    var value = run(network, network.nodes().get(170), get);
    assertThat(stored.copies()).isBetween(20, 45);
    assertThat(value.best().orElseThrow().value()).isEqualTo(Bytes.utf8("hello"));
  }

  @Test
  void whoIsOffAnswersNothingAndTheWalkPassesBy() {
    Network network = converged(1, 300, Conditions.DEFAULT);
    Bytes key = key("a");
    var census = new Census(network.nodes());
    List<SimNode> closest = census.closest(KadKey.of(key), 5, SimNode::isUp);
    closest.forEach(network::stop);
    SimNode asker = census.closest(KadKey.of(key("far")), 1, SimNode::isUp).getFirst();
    var found = run(network, asker, new Operation.FindClosest(key));
    assertThat(found.peers())
        .hasSize(20)
        .doesNotContainAnyElementsOf(closest.stream().map(SimNode::info).toList());
    assertThat(found.stats().failed()).isPositive();
    assertThat(found.stats().took()).isGreaterThan(Conditions.DEFAULT.dialTimeout());
  }

  @Test
  void lossDelaysAndLosesNothing() {
    Network lossless = converged(1, 300, Conditions.DEFAULT);
    var quick = run(lossless, lossless.nodes().get(7), new Operation.FindClosest(key("a")));
    Network lossy = converged(1, 300, Conditions.DEFAULT.withLoss(0.3));
    var slow = run(lossy, lossy.nodes().get(7), new Operation.FindClosest(key("a")));
    assertThat(slow.peers()).isEqualTo(quick.peers());
    assertThat(slow.stats().took()).isGreaterThan(quick.stats().took());
  }

  @Test
  void aRestartedNodeHasForgottenEverything() {
    Network network = converged(1, 100, Conditions.DEFAULT);
    SimNode node = network.nodes().get(5);
    network.stop(node);
    network.restart(node);
    assertThat(node.isUp()).isTrue();
    assertThat(node.table().size()).isZero();
  }

  @Test
  void roundTripsAreThoseOfTheInternet() {
    Network network = converged(1, 400, Conditions.DEFAULT);
    var model = new LatencyModel(1);
    var random = new Random(1);
    long[] trips = new long[20_000];
    for (int i = 0; i < trips.length; i++) {
      SimNode a = network.nodes().get(random.nextInt(400));
      SimNode b = network.nodes().get(random.nextInt(400));
      trips[i] = model.oneWay(a, b, random) + model.oneWay(b, a, random);
    }
    java.util.Arrays.sort(trips);
    assertThat(TimeUnit.NANOSECONDS.toMillis(trips[10_000])).isBetween(90L, 125L);
    assertThat(TimeUnit.NANOSECONDS.toMillis(trips[19_800])).isBetween(260L, 340L);
  }

  @Test
  void theSameSeedLeavesTheSameTraceAndAnotherSeedAnother() {
    assertThat(trace(1)).isEqualTo(trace(1)).isNotEqualTo(trace(2));
  }

  private String trace(long seed) {
    Network network = converged(seed, 100, Conditions.DEFAULT.withLoss(0.01));
    for (int i = 0; i < 10; i++) {
      run(network, network.nodes().get(i), new Operation.FindClosest(key("key " + i)));
    }
    network.timeline().runUntil(Duration.ofMinutes(30).toNanos());
    return network.trace().toString();
  }
}
