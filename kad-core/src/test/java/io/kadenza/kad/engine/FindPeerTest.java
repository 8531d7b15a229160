package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three peers are asked where somebody is, and the first of them lies.
class FindPeerTest {
  private final SplittableRandom random = new SplittableRandom(4);
  private final LoneEngine engine = new LoneEngine(KadConfig.DEFAULT, 3, random);
  private final Contact sought = Peers.contact(random);
  private final Contact lie = Contact.of(new PeerInfo(sought.id(), addresses(64)));

  private List<Multiaddr> addresses(int count) {
    return Stream.generate(() -> Peers.address(random)).limit(count).toList();
  }

  @BeforeEach
  void ask() {
    engine.start(new Operation.FindPeer(sought.id()));
    answer(0, lie);
  }

  @Test
  void whoNamesManyAddressesLeavesRoomForOthers() {
    answer(1, sought);
    answer(2, sought);
    assertThat(found()).containsAll(sought.info().addresses()).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void whereMostSayItIsComesBeforeWhatOneSays() {
    answer(1, sought);
    answer(2, sought);
    assertThat(found()).startsWith(sought.info().addresses().toArray(Multiaddr[]::new));
  }

  @Test
  void whereThePeerAnsweredComesFirst() {
    answer(1, sought);
    // It was asked meanwhile, at whatever addresses were known.
    Ask itself = engine.asked.get(3);
    assertThat(itself.to().id()).isEqualTo(sought.id());
    engine.answer(3, new KadResponse.Closer(List.of()));
    assertThat(found()).startsWith(itself.to().addresses().toArray(Multiaddr[]::new));
  }

  private List<Multiaddr> found() {
    return engine.outcome(Outcome.PeerFound.class).peer().orElseThrow().addresses();
  }

  private void answer(int number, Contact closer) {
    engine.answer(number, new KadResponse.Closer(List.of(closer)));
  }
}
