package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three peers are asked where somebody is, and the first of them lies.
class FindPeerTest {
  private static final Now NOW = new Now(0, Instant.EPOCH);

  private final SplittableRandom random = new SplittableRandom(4);
  private final KadEngine engine =
      new KadEngine(KadConfig.DEFAULT.withTraces(false), Peers.id(random), random.split());
  private final Contact sought = Peers.contact(random);
  private final Contact lie = Contact.of(new PeerInfo(sought.id(), addresses(64)));
  private final List<Ask> asked = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  private List<Multiaddr> addresses(int count) {
    return Stream.generate(() -> Peers.address(random)).limit(count).toList();
  }

  @BeforeEach
  void ask() {
    apply(new EngineInput.Settle(Peers.contacts(3, random), List.of()));
    var find = new Operation.FindPeer(sought.id());
    apply(new EngineInput.Start(1, find, Duration.ofMinutes(1)));
    answer(0, lie);
  }

  @Test
  void whoNamesManyAddressesLeavesRoomForOthers() {
    answer(1, sought);
    answer(2, sought);
    assertThat(found()).containsAll(sought.info().addresses()).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void whereThePeerAnsweredComesFirst() {
    answer(1, sought);
    // It was asked meanwhile, at whatever addresses were known.
    Ask itself = asked.get(3);
    assertThat(itself.to().id()).isEqualTo(sought.id());
    apply(new EngineInput.Answered(itself.rpcId(), new KadResponse.Closer(List.of())));
    assertThat(found()).startsWith(itself.to().addresses().toArray(Multiaddr[]::new));
  }

  private List<Multiaddr> found() {
    return ((Outcome.PeerFound) outcomes.getFirst()).peer().orElseThrow().addresses();
  }

  private void answer(int number, Contact closer) {
    var response = new KadResponse.Closer(List.of(closer));
    apply(new EngineInput.Answered(asked.get(number).rpcId(), response));
  }

  private void apply(EngineInput input) {
    for (EngineEffect effect : engine.apply(input, NOW)) {
      switch (effect) {
        case Ask ask -> asked.add(ask);
        case EngineEffect.Done(_, var outcome) -> outcomes.add(outcome);
        default -> {}
      }
    }
  }
}
