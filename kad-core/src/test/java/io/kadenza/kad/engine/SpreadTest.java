package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private final SplittableRandom random = new SplittableRandom(1);
  private final KadConfig config = TestNetwork.CONFIG;
  private final Node node =
      new Node(config, Peers.contact(random), random, Stores.inMemory(config, random));

  /// A driver that was held up wakes all who wait for slow peers in one step, and the first of them
  /// may be what the last one's end depends on.
  @Test
  void whoIsWokenAfterItsEndTellsNobodyElse() {
    node.now = new Now(0, Instant.EPOCH);
    List<Contact> peers = Peers.contacts(3, random);
    Bytes key = Peers.key(random);
    var request = new KadRequest.AddProvider(key, node.neighbourhood.own().info());
    boolean[] done = {false};
    var spread = new Spread(node, request, () -> done[0] = true);
    spread.send(peers.subList(0, 2), peers.subList(0, 2));
    List<Rpc> sent = asked();
    spread.answered(sent.getFirst(), new KadResponse.ProviderAdded(key));

    node.now = node.now.plus(Duration.ofSeconds(9));
    spread.send(peers.subList(0, 2), peers);
    spread.complete();
    assertThat(done[0]).isTrue();
    spread.hedge();

    assertThat(asked()).isEmpty();
    assertThat(spread.slowAt()).isEmpty();
  }

  private List<Rpc> asked() {
    return node.takeEffects().stream()
        .filter(EngineEffect.Ask.class::isInstance)
        .map(ask -> node.inFlight.take(((EngineEffect.Ask) ask).rpcId()))
        .toList();
  }
}
