package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Eight peers are asked who provides something, and the first of them lie about where it is.
class FindProvidersTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final int ASKED = 8;

  private final SplittableRandom random = new SplittableRandom(4);
  private final PeerInfo provider = Peers.info(random);
  private LoneEngine engine = new LoneEngine(KadConfig.DEFAULT, ASKED, random);

  @BeforeEach
  void ask() {
    engine.start(new Operation.FindProviders(KEY, 0));
    assertThat(engine.asked).hasSize(ASKED);
  }

  private PeerInfo lie(int addresses) {
    List<Multiaddr> lies = Stream.generate(() -> Peers.address(random)).limit(addresses).toList();
    return new PeerInfo(provider.id(), lies);
  }

  @Test
  void whoIsHeardFirstDoesNotHideWhatOthersSay() {
    answer(0, lie(2));
    IntStream.range(1, ASKED).forEach(i -> answer(i, provider));
    assertThat(found().addresses()).hasSize(3).startsWith(provider.addresses().getFirst());
    assertThat(reported()).hasSize(1);
  }

  @Test
  void liarsWhoNameManyAddressesLeaveRoomForOthers() {
    IntStream.range(0, 5).forEach(i -> answer(i, lie(64)));
    answer(5, provider);
    answer(6, lie(64));
    answer(7, provider);
    assertThat(found().addresses()).hasSize(64).startsWith(provider.addresses().getFirst());
  }

  @Test
  void liarsWhoNameManyProvidersAtManyAddressesDoNotFillTheMemory() {
    for (int i = 0; i < ASKED; i++) {
      answer(i, Stream.generate(this::verbose).limit(400).toArray(PeerInfo[]::new));
    }
    List<PeerInfo> all = engine.outcome(Outcome.Providers.class).providers();
    assertThat(all).hasSize(ASKED * 400);
    assertThat(all.getLast().addresses()).hasSize(3);
    int bytes =
        all.stream().flatMap(p -> p.addresses().stream()).mapToInt(a -> a.bytes().size()).sum();
    assertThat(bytes).isLessThan(7 << 20);
  }

  /// Some 4 KiB.
  private PeerInfo verbose() {
    var addresses = new ArrayList<Multiaddr>();
    for (int i = 0; i < 16; i++) {
      String label = Long.toHexString(random.nextLong(1L << 60, 1L << 62)) + ".";
      addresses.add(Multiaddr.parse("/dns4/" + label.repeat(14) + "org/tcp/4001"));
    }
    return new PeerInfo(Peers.id(random), addresses);
  }

  @Test
  void whoNamesOneTwiceCountsOnce() {
    PeerInfo lie = lie(1);
    answer(0, lie, lie, lie, lie);
    answer(1, provider);
    answer(2, provider);
    IntStream.range(3, ASKED).forEach(this::answer);
    assertThat(found().addresses()).startsWith(provider.addresses().getFirst());
  }

  @Test
  void addressesAreFoundLaterToo() {
    answer(0, lie(0));
    IntStream.range(1, ASKED).forEach(i -> answer(i, provider));
    assertThat(found()).isEqualTo(provider);
  }

  @Test
  void privateAddressesAreNotPartOfAPublicNetwork() {
    var publicNetwork = KadConfig.DEFAULT.withAddresses(AddressPolicy.PUBLIC);
    engine = new LoneEngine(publicNetwork, ASKED, random);
    ask();
    var inTheHouse = new PeerInfo(provider.id(), List.of(Multiaddr.parse("/ip4/10.0.0.1/tcp/1")));
    IntStream.range(0, ASKED).forEach(i -> answer(i, inTheHouse));
    assertThat(found().addresses()).isEmpty();
    assertThat(reported()).containsExactly(found());
  }

  private PeerInfo found() {
    return engine.outcome(Outcome.Providers.class).providers().getFirst();
  }

  private List<PeerInfo> reported() {
    return engine.findings(Finding.ProviderFound.class).stream()
        .map(Finding.ProviderFound::provider)
        .toList();
  }

  private void answer(int number, PeerInfo... providers) {
    engine.answer(number, new KadResponse.Providers(KEY, List.of(providers), List.of()));
  }
}
