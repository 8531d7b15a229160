package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNetwork.Fault;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Stores whose walk is over, and whose peers say nothing.
class StoppedStoreTest {
  private static final Bytes KEY = Bytes.utf8("/v/key");

  private final TestNetwork net =
      new TestNetwork(
          1, TestNetwork.CONFIG.withLookup(TestNetwork.CONFIG.lookup().withEager(false)));
  private final TestNode writer = net.servers(30).getFirst();
  private boolean asked;

  static List<Operation<?>> stores() {
    return List.of(
        new Operation.PutValue(KEY, Bytes.utf8("value")),
        new Operation.Provide(KEY),
        new Operation.Provide(KEY, true));
  }

  private long startAndWalk(Operation<?> store) {
    // An optimistic provide is one only where the network's size is known.
    while (writer.engine.neighbourhood().networkSize().isEmpty()) {
      net.run(writer, new Operation.FindClosest(Peers.key(net.random())));
    }
    net.faults =
        (to, request) -> {
          boolean stores = !(request instanceof KadRequest.FindNode);
          asked |= stores;
          return stores ? Fault.SILENT : Fault.NONE;
        };
    long id = net.start(writer, store, Duration.ofSeconds(3));
    while (!asked) {
      net.runFor(Duration.ofMillis(1));
    }
    net.runFor(Duration.ofSeconds(1));
    assertThat(writer.outcomes).doesNotContainKey(id);
    return id;
  }

  @ParameterizedTest
  @MethodSource("stores")
  void sayThatTheyWereCancelled(Operation<?> store) {
    long id = startAndWalk(store);

    net.apply(writer, new EngineInput.Cancel(id));

    assertThat(writer.outcomes.get(id).stats().reason()).isEqualTo(Termination.CANCELLED);
    assertThat(writer.outcomes.get(id).stats().answered()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void sayThatTheirTimeWasOver(Operation<?> store) {
    long id = startAndWalk(store);

    net.runFor(Duration.ofSeconds(3));

    assertThat(writer.outcomes.get(id).stats().reason()).isEqualTo(Termination.TIMED_OUT);
    assertThat(writer.outcomes.get(id).stats().answered()).isPositive();
  }

  @Test
  void countTheWalkOnly() {
    long id = startAndWalk(stores().getFirst());
    net.apply(writer, new EngineInput.Cancel(id));

    var stored = (Outcome.Stored) writer.outcomes.get(id);
    assertThat(stored.stats().failed()).isZero();
    assertThat(stored.perPeer())
        .hasSizeGreaterThan(1)
        .allMatch(peer -> peer.result() == PeerOutcome.Result.ABANDONED);
  }
}
