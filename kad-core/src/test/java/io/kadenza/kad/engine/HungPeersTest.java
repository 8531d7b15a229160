package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.PeerOutcome.Result;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a peer that takes requests and never answers costs in a small network, where nobody can
/// stand in for it.
class HungPeersTest {
  private static final Bytes KEY = Bytes.utf8("/v/key");

  /// Twice as long as peers may take in one round trip, and all that one is given that was silent.
  private static final Duration PROMPT = Duration.ofMillis(1_100);

  private final TestNetwork net = new TestNetwork(3);
  private final List<TestNode> servers = net.servers(4);
  private final TestNode client = net.client();
  private final Set<TestNode> hung = new HashSet<>();
  private int askedInVain;

  HungPeersTest() {
    net.runFor(Duration.ofMinutes(2));
    net.faults =
        (to, _) -> {
          askedInVain += hung.contains(to) ? 1 : 0;
          return hung.contains(to) ? Fault.SILENT : Fault.NONE;
        };
  }

  private LookupStats join() {
    PeerInfo seed = servers.getFirst().info();
    return net.run(client, new Operation.Bootstrap(List.of(seed))).stats();
  }

  private Outcome.Closest find() {
    return net.run(client, new Operation.FindClosest(Peers.key(net.random())));
  }

  @Test
  void isGivenUpLongBeforeItsTimeIsOver() {
    hung.add(servers.getLast());
    LookupStats stats = join();
    assertThat(stats.answered()).isEqualTo(3);
    assertThat(stats.took()).isLessThan(Duration.ofMillis(3_500));
  }

  @Test
  void isNotWaitedForAgain() {
    hung.add(servers.getLast());
    join();
    Outcome.Closest found = find();
    assertThat(found.peers()).hasSize(3).doesNotContain(servers.getLast().info());
    assertThat(found.stats().reason()).isEqualTo(Termination.STARVED);
    assertThat(found.stats().took()).isLessThan(PROMPT);
  }

  @Test
  void isRememberedWhenOneLookupHasBegunBeforeItTimedOut() {
    join();
    hung.add(servers.getLast());
    find();
    net.runFor(Duration.ofSeconds(10));
    assertThat(find().stats().took()).isLessThan(PROMPT);
  }

  @Test
  void holdsUpNoStore() {
    join();
    hung.add(servers.getLast());
    var stored = net.run(client, new Operation.PutValue(KEY, Bytes.utf8("value")));
    assertThat(stored.perPeer()).filteredOn(peer -> peer.result() == Result.STORED).hasSize(3);
    long before = net.now().nanos();
    net.run(client, new Operation.PutValue(KEY, Bytes.utf8("other")));
    assertThat(Duration.ofNanos(net.now().nanos() - before)).isLessThan(PROMPT);
  }

  @Test
  void isCountedAgainFromItsNextAnswerOn() {
    hung.add(servers.getLast());
    join();
    hung.clear();
    find();
    net.runFor(Duration.ofSeconds(1));
    assertThat(find().peers()).hasSize(4).contains(servers.getLast().info());
  }

  @Test
  void isWaitedForIfNobodyElseIsLeft() {
    hung.addAll(servers);
    PeerInfo seed = servers.getFirst().info();
    long id = net.start(client, new Operation.Bootstrap(List.of(seed)), Duration.ofSeconds(9));
    net.runFor(Duration.ofSeconds(8));
    assertThat(client.outcomes).doesNotContainKey(id);
  }

  @Test
  void doesNotGatherRequestsWithEachLookup() {
    hung.add(servers.getLast());
    join();
    askedInVain = 0;
    for (int i = 0; i < 20; i++) {
      find();
    }
    assertThat(askedInVain).isPositive();
    assertThat(client.engine.inFlight()).isLessThan(5);
  }

  @Test
  void isForgottenSoon() {
    hung.add(servers.getLast());
    join();
    net.runFor(Duration.ofSeconds(10).plus(SilentPeers.REMEMBERED));
    long slow = find().stats().took().toMillis();
    assertThat(slow).isGreaterThan(PROMPT.toMillis());
  }
}
