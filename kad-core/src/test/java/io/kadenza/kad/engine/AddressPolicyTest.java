package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Rule 18: nodes of a public network filter private addresses.
class AddressPolicyTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Multiaddr LOCAL = Multiaddr.parse("/ip4/192.168.1.5/tcp/4001");

  private final SplittableRandom random = new SplittableRandom(6);
  private final PeerId self = Peers.id(random);
  private final PeerInfo requester = Peers.info(random);
  private final Multiaddr global = Peers.address(random);
  private final PeerInfo mixed = new PeerInfo(Peers.id(random), List.of(LOCAL, global));
  private final PeerInfo local = new PeerInfo(Peers.id(random), List.of(LOCAL));
  private final Now now = new Now(0, Instant.EPOCH);
  private final KadEngine engine =
      new KadEngine(
          KadConfig.DEFAULT.withValidators(Validators.open()).withAddresses(AddressPolicy.PUBLIC),
          self,
          new SplittableRandom(1));

  private List<EngineEffect.Ask> apply(EngineInput input) {
    return engine.apply(input, now).stream()
        .filter(EngineEffect.Ask.class::isInstance)
        .map(EngineEffect.Ask.class::cast)
        .toList();
  }

  private void identify(PeerInfo peer) {
    for (EngineEffect.Ask ask : apply(new EngineInput.PeerIdentified(peer, true))) {
      apply(new EngineInput.Answered(ask.rpcId(), new KadResponse.Closer(List.of())));
    }
  }

  private KadResponse answer(PeerInfo from, KadRequest request) {
    return engine.apply(new EngineInput.Inbound(1, from, request), now).stream()
        .filter(EngineEffect.Reply.class::isInstance)
        .map(effect -> ((EngineEffect.Reply) effect).response())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rule18OnlyPublicAddressesArePassedOn() {
    identify(mixed);
    assertThat(answer(requester, new KadRequest.FindNode(KEY)).closer())
        .extracting(Contact::info)
        .containsExactly(new PeerInfo(mixed.id(), List.of(global)));
  }

  @Test
  void rule18WhoHasOnlyPrivateAddressesIsNotTakenIn() {
    identify(local);
    assertThat(engine.neighbourhood().table().size()).isZero();
    assertThat(answer(requester, new KadRequest.FindNode(KEY)).closer()).isEmpty();
  }

  @Test
  void rule18WhoHasOnlyPrivateAddressesIsNotTakenInThoughItAnswers() {
    apply(new EngineInput.PeerConnected(local.id()));
    identify(local);

    var asked =
        apply(
            new EngineInput.Start(
                1, new Operation.Bootstrap(List.of(local)), Duration.ofSeconds(10)));
    for (EngineEffect.Ask ask : asked) {
      apply(new EngineInput.Answered(ask.rpcId(), new KadResponse.Closer(List.of())));
    }

    assertThat(asked).isNotEmpty();
    assertThat(engine.neighbourhood().table().size()).isZero();
  }

  @Test
  void rule18NorIsItNamedToWhoAsksForIt() {
    identify(local);
    assertThat(answer(requester, new KadRequest.FindNode(local.id().bytes())).closer()).isEmpty();
  }

  @Test
  void rule18AClientIsNamedToWhoAsksForItAtItsPublicAddresses() {
    apply(new EngineInput.PeerIdentified(mixed, false));

    assertThat(answer(requester, new KadRequest.FindNode(mixed.id().bytes())).closer())
        .extracting(Contact::info)
        .containsExactly(new PeerInfo(mixed.id(), List.of(global)));
  }

  @Test
  void rule18APeerIsFoundAtItsPublicAddresses() {
    identify(Peers.info(random));
    var first =
        apply(new EngineInput.Start(1, new Operation.FindPeer(mixed.id()), Duration.ofSeconds(10)));
    var closer = new KadResponse.Closer(List.of(Contact.of(mixed)));
    var next = apply(new EngineInput.Answered(first.getFirst().rpcId(), closer));

    var end =
        engine.apply(
            new EngineInput.Answered(next.getFirst().rpcId(), new KadResponse.Closer(List.of())),
            now);

    assertThat(end)
        .filteredOn(EngineEffect.Done.class::isInstance)
        .extracting(effect -> ((Outcome.PeerFound) ((EngineEffect.Done) effect).outcome()).peer())
        .containsExactly(Optional.of(new PeerInfo(mixed.id(), List.of(global))));
  }

  @Test
  void rule18AProviderIsKeptWithItsPublicAddresses() {
    for (PeerInfo provider : List.of(mixed, local)) {
      engine.apply(
          new EngineInput.Inbound(1, provider, new KadRequest.AddProvider(KEY, provider)), now);
    }
    var found = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(KEY));
    assertThat(found.providers())
        .containsExactlyInAnyOrder(
            new PeerInfo(mixed.id(), List.of(global)), new PeerInfo(local.id(), List.of()));
  }

  @Test
  void rule18PrivateAddressesAreNotDialled() {
    identify(Peers.info(random));
    var first =
        apply(new EngineInput.Start(1, new Operation.FindClosest(KEY), Duration.ofSeconds(10)));
    var closer = new KadResponse.Closer(List.of(Contact.of(local), Contact.of(mixed)));
    var next = apply(new EngineInput.Answered(first.getFirst().rpcId(), closer));
    assertThat(next)
        .extracting(EngineEffect.Ask::to)
        .containsExactly(new PeerInfo(mixed.id(), List.of(global)));
  }

  @Test
  void rule18WeNameOurselvesAtPublicAddressesAlone() {
    apply(new EngineInput.OwnAddresses(List.of(LOCAL, global)));

    assertThat(answer(requester, new KadRequest.FindNode(self.bytes())).closer())
        .extracting(Contact::info)
        .containsExactly(new PeerInfo(self, List.of(global)));
  }
}
