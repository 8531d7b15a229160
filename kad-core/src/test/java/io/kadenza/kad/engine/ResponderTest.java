package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.ProviderLimits;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server answers, by the rules of the reference on other implementations.
class ResponderTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes VALUE = Bytes.utf8("value");

  private final SplittableRandom random = new SplittableRandom(5);
  private final PeerInfo self = Peers.info(random);
  private final PeerInfo requester = Peers.info(random);
  private Now now = new Now(0, Instant.parse("2026-01-01T00:00:00Z"));
  private KadEngine engine = engine(KadConfig.DEFAULT.withValidators(Validators.open()));

  private KadEngine engine(KadConfig config) {
    var made = new KadEngine(config, self.id(), new SplittableRandom(1));
    made.apply(new EngineInput.OwnAddresses(self.addresses()), now);
    return made;
  }

  private List<EngineEffect> ask(PeerInfo from, KadRequest request) {
    return engine.apply(new EngineInput.Inbound(42, from, request), now).stream()
        .filter(effect -> !(effect instanceof EngineEffect.Happened))
        .toList();
  }

  private KadResponse answer(PeerInfo from, KadRequest request) {
    var effects = ask(from, request);
    assertThat(effects).hasSize(1);
    assertThat(effects.getFirst()).isInstanceOf(EngineEffect.Reply.class);
    return ((EngineEffect.Reply) effects.getFirst()).response();
  }

  private void assertRefused(PeerInfo from, KadRequest request) {
    assertThat(ask(from, request)).hasOnlyElementsOfType(EngineEffect.Refuse.class).hasSize(1);
  }

  /// Puts a peer into the table: identify names it a server, and it answers the check.
  private void admit(PeerInfo peer) {
    List<EngineEffect> effects = engine.apply(new EngineInput.PeerIdentified(peer, true), now);
    for (EngineEffect effect : effects) {
      if (effect instanceof EngineEffect.Ask ask) {
        var reply = new KadResponse.Closer(List.of(Contact.of(requester)));
        engine.apply(new EngineInput.Answered(ask.rpcId(), reply), now);
      }
    }
  }

  private List<PeerInfo> fill(int count) {
    var peers = new ArrayList<PeerInfo>();
    while (engine.neighbourhood().table().size() < count) {
      PeerInfo peer = Peers.info(random);
      admit(peer);
      peers.add(peer);
    }
    return peers;
  }

  @Test
  void rule05AnAddProviderHasNoReply() {
    assertThat(ask(requester, new KadRequest.AddProvider(KEY, requester)))
        .containsExactly(new EngineEffect.Accepted(42));
  }

  @Test
  void rule05OnlyPyGetsAnAck() {
    var request = new KadRequest.AddProvider(KEY, List.of(requester), true);
    assertThat(answer(requester, request)).isEqualTo(new KadResponse.ProviderAdded(KEY));
  }

  @Test
  void rule06AStoredValueIsEchoed() {
    var record = new Record(KEY, VALUE);
    assertThat(answer(requester, new KadRequest.PutValue(record)))
        .isEqualTo(new KadResponse.Stored(KEY, Optional.of(record)));
  }

  @Test
  void rule07APingIsAnswered() {
    assertThat(answer(requester, new KadRequest.Ping())).isEqualTo(new KadResponse.Pong());
  }

  @Test
  void rule08AskedForOurselvesWeComeFirstWithAddresses() {
    fill(30);
    List<Contact> closer = answer(requester, new KadRequest.FindNode(self.id().bytes())).closer();
    assertThat(closer).hasSize(21);
    assertThat(closer.getFirst().info()).isEqualTo(self);
  }

  @Test
  void rule08AskedForOurselvesWithAnEmptyTableWeAreTheAnswer() {
    assertThat(answer(requester, new KadRequest.FindNode(self.id().bytes())).closer())
        .extracting(Contact::info)
        .containsExactly(self);
  }

  @Test
  void rule08OtherwiseWeAreNotAmongTheClosest() {
    fill(10);
    for (int i = 0; i < 20; i++) {
      assertThat(answer(requester, new KadRequest.FindNode(Peers.key(random))).closer())
          .doesNotContain(Contact.of(self))
          .hasSize(10);
    }
  }

  @Test
  void rule08TheRequesterIsLeftOutUnlessItIsTheTarget() {
    List<PeerInfo> peers = fill(10);
    PeerInfo asker = peers.get(3);
    assertThat(answer(asker, new KadRequest.FindNode(KEY)).closer())
        .hasSize(9)
        .doesNotContain(Contact.of(asker));
    assertThat(answer(asker, new KadRequest.GetValue(KEY)).closer())
        .doesNotContain(Contact.of(asker));
    assertThat(answer(asker, new KadRequest.GetProviders(KEY)).closer())
        .doesNotContain(Contact.of(asker));
    List<Contact> forItself = answer(asker, new KadRequest.FindNode(asker.id().bytes())).closer();
    assertThat(forItself.getFirst().info()).isEqualTo(asker);
    assertThat(forItself).hasSize(10);
  }

  /// One that answered a walk was never outside the table.
  @Test
  void rule08ARequesterThatAsksForItselfNeedNotHaveComeToUs() {
    Contact asker = Contact.of(Peers.info(random));
    engine.apply(new EngineInput.Converge(List.of(asker), List.of()), now);
    assertThat(answer(asker.info(), new KadRequest.FindNode(asker.id().bytes())).closer())
        .containsExactly(asker);
  }

  @Test
  void rule08AClientThatWeMetIsNamedOnlyIfItIsTheTarget() {
    fill(5);
    PeerInfo client = Peers.info(random);
    engine.apply(new EngineInput.PeerIdentified(client, false), now);
    assertThat(answer(requester, new KadRequest.FindNode(KEY)).closer())
        .doesNotContain(Contact.of(client));
    assertThat(
            answer(requester, new KadRequest.FindNode(client.id().bytes()))
                .closer()
                .getFirst()
                .info())
        .isEqualTo(client);
  }

  @Test
  void rule08PeersWithoutAddressesAreNotNamed() {
    fill(5);
    admit(new PeerInfo(Peers.id(random), List.of()));
    assertThat(engine.neighbourhood().table().size()).isEqualTo(6);
    assertThat(answer(requester, new KadRequest.FindNode(KEY)).closer()).hasSize(5);
  }

  @Test
  void rule08TheClosestAreTheClosest() {
    List<PeerInfo> peers = fill(60);
    KadKey target = KadKey.of(KEY);
    assertThat(answer(requester, new KadRequest.FindNode(KEY)).closer())
        .isEqualTo(
            engine.neighbourhood().table().all().stream()
                .sorted((a, b) -> target.compareDistance(a.key(), b.key()))
                .limit(20)
                .toList());
    assertThat(peers).isNotEmpty();
  }

  @Test
  void rule09AKeyOfNoKnownNamespaceIsAnsweredWithCloserPeers() {
    engine = engine(KadConfig.DEFAULT);
    fill(3);
    var value = (KadResponse.Value) answer(requester, new KadRequest.GetValue(KEY));
    assertThat(value.record()).isEmpty();
    assertThat(value.closer()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a", "/x/y", "/pk", "/pk/", "//", "/pk/x", "\u0000\u00ff"})
  void t31StrictServersRefuseKeysOfNoKnownNamespace(String key) {
    engine = engine(KadConfig.DEFAULT);
    assertRefused(requester, new KadRequest.PutValue(new Record(Bytes.utf8(key), VALUE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "2fff2f78", "2f706b2fff", "2f69706e732fc328", "c3282f782f79"})
  void t31StrictServersRefuseKeysThatAreNoTextAndNoPeersOwn(String hex) {
    engine = engine(KadConfig.DEFAULT);
    assertRefused(requester, new KadRequest.PutValue(new Record(Bytes.fromHex(hex), VALUE)));
  }

  @Test
  void t31KeysAndValuesBeyondTheLimitsAreRefused() {
    Bytes longKey = Bytes.wrap(new byte[10 << 10]);
    assertRefused(requester, new KadRequest.PutValue(new Record(longKey, VALUE)));
    Bytes longValue = Bytes.wrap(new byte[(10 << 10) + 1]);
    assertRefused(requester, new KadRequest.PutValue(new Record(KEY, longValue)));
    assertRefused(requester, new KadRequest.GetValue(longKey));
    assertRefused(requester, new KadRequest.PutValue(Bytes.EMPTY, new Record(Bytes.EMPTY, VALUE)));
  }

  @Test
  void t31ARecordOfAnotherKeyIsRefused() {
    assertRefused(requester, new KadRequest.PutValue(KEY, new Record(Bytes.utf8("other"), VALUE)));
    assertThat(((KadResponse.Value) answer(requester, new KadRequest.GetValue(KEY))).record())
        .isEmpty();
  }

  @Test
  void t31OnePeerDoesNotFillTheStore() {
    engine =
        engine(
            KadConfig.DEFAULT
                .withValidators(Validators.open())
                .withRecords(RecordLimits.DEFAULT.withPerPeer(10, 1 << 20)));
    int stored = 0;
    for (int i = 0; i < 1_000; i++) {
      var put = new KadRequest.PutValue(new Record(Peers.key(random), VALUE));
      stored += ask(requester, put).getFirst() instanceof EngineEffect.Reply ? 1 : 0;
    }
    assertThat(stored).isEqualTo(10);
    PeerInfo other = Peers.info(random);
    answer(other, new KadRequest.PutValue(new Record(KEY, VALUE)));
  }

  @Test
  void rule10ProviderKeysAreOpaque() {
    for (Bytes key :
        List.of(
            Bytes.utf8("interop-test-key-1"),
            Bytes.wrap(new byte[] {0, (byte) 0xff, 3}),
            Bytes.wrap(new byte[80]))) {
      assertThat(ask(requester, new KadRequest.AddProvider(key, requester)))
          .containsExactly(new EngineEffect.Accepted(42));
      var found = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(key));
      assertThat(found.providers()).containsExactly(requester);
    }
  }

  @Test
  void t32ProviderKeysOfMoreThanEightyBytesAreRefused() {
    Bytes key = Bytes.wrap(new byte[81]);
    assertRefused(requester, new KadRequest.AddProvider(key, requester));
    assertRefused(requester, new KadRequest.GetProviders(key));
    assertRefused(requester, new KadRequest.GetProviders(Bytes.EMPTY));
  }

  @Test
  void rule11OnlyTheSenderIsBelieved() {
    PeerInfo other = Peers.info(random);
    assertRefused(requester, new KadRequest.AddProvider(KEY, other));
    var both = new KadRequest.AddProvider(KEY, List.of(other, requester), false);
    assertThat(ask(requester, both)).containsExactly(new EngineEffect.Accepted(42));
    var found = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(KEY));
    assertThat(found.providers()).containsExactly(requester);
  }

  @Test
  void rule11AProviderWithoutAnAddressIsRefused() {
    assertRefused(
        requester, new KadRequest.AddProvider(KEY, new PeerInfo(requester.id(), List.of())));
  }

  @Test
  void rule11LoopbackAndPrivateAddressesWillDo() {
    var local = new PeerInfo(requester.id(), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1")));
    assertThat(ask(requester, new KadRequest.AddProvider(KEY, local)))
        .containsExactly(new EngineEffect.Accepted(42));
  }

  @Test
  void t32OnePeerHasAShareOfTheProviderStore() {
    engine =
        engine(KadConfig.DEFAULT.withProviders(ProviderLimits.DEFAULT.withMaxRecordsPerPeer(50)));
    int accepted = 0;
    for (int i = 0; i < 1_000; i++) {
      var add = new KadRequest.AddProvider(Peers.key(random), requester);
      accepted += ask(requester, add).getFirst() instanceof EngineEffect.Accepted ? 1 : 0;
    }
    assertThat(accepted).isEqualTo(50);
  }

  @Test
  void t32AKeyWithManyProvidersIsAnsweredByARandomSubsetThatFits() {
    for (int i = 0; i < 3_000; i++) {
      PeerInfo provider = Peers.info(random);
      ask(provider, new KadRequest.AddProvider(KEY, provider));
    }
    var first = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(KEY));
    var second = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(KEY));
    assertThat(first.providers()).hasSize(100).doesNotHaveDuplicates();
    assertThat(new HashSet<>(first.providers())).isNotEqualTo(new HashSet<>(second.providers()));
    assertThat(KadCodec.encodeResponse(first).length).isLessThanOrEqualTo(KadCodec.MAX_REPLY_BYTES);
  }

  @Test
  void rule14ValuesAreStampedByUsAndExpireByOurClock() {
    Record sent = new Record(KEY, VALUE, Optional.of(now.wall().plus(Duration.ofDays(1_000))));
    answer(requester, new KadRequest.PutValue(sent));
    now = now.plus(Duration.ofHours(47));
    var held = (KadResponse.Value) answer(requester, new KadRequest.GetValue(KEY));
    assertThat(held.record().orElseThrow().received())
        .contains(now.wall().minus(Duration.ofHours(47)));
    now = now.plus(Duration.ofHours(1));
    var gone = (KadResponse.Value) answer(requester, new KadRequest.GetValue(KEY));
    assertThat(gone.record()).isEmpty();
  }

  @Test
  void rule18ProvidersLastTwoDaysAndTheirAddressesOne() {
    ask(requester, new KadRequest.AddProvider(KEY, requester));
    now = now.plus(Duration.ofHours(25));
    var later = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(KEY));
    assertThat(later.providers()).containsExactly(new PeerInfo(requester.id(), List.of()));
    now = now.plus(Duration.ofHours(23));
    var gone = (KadResponse.Providers) answer(requester, new KadRequest.GetProviders(KEY));
    assertThat(gone.providers()).isEmpty();
  }

  @Test
  void rule16AClientAnswersNothing() {
    engine.apply(new EngineInput.SwitchMode(Mode.CLIENT), now);
    assertThat(engine.neighbourhood().isServing()).isFalse();
    for (KadRequest request :
        List.of(
            new KadRequest.FindNode(KEY),
            new KadRequest.GetValue(KEY),
            new KadRequest.GetProviders(KEY),
            new KadRequest.PutValue(new Record(KEY, VALUE)),
            new KadRequest.AddProvider(KEY, requester),
            new KadRequest.Ping())) {
      assertRefused(requester, request);
    }
    engine.apply(new EngineInput.SwitchMode(Mode.SERVER), now);
    answer(requester, new KadRequest.FindNode(KEY));
  }

  @Test
  void rule16WhoStopsBeingAServerLeavesTheTable() {
    List<PeerInfo> peers = fill(3);
    var effects = engine.apply(new EngineInput.PeerIdentified(peers.get(1), false), now);
    assertThat(effects)
        .contains(
            new EngineEffect.Happened(
                new EngineEvent.PeerRemoved(
                    peers.get(1).id(), EngineEvent.PeerRemoved.Reason.NO_LONGER_SERVER)));
    assertThat(engine.neighbourhood().table().size()).isEqualTo(2);
  }

  @Test
  void aFindNodeIsAnsweredOnAnyThreadAsTheEngineWould() {
    fill(40);
    for (int i = 0; i < 20; i++) {
      var find = new KadRequest.FindNode(i == 0 ? self.id().bytes() : Peers.key(random));
      assertThat(engine.neighbourhood().findNode(find.key(), requester.id()))
          .isEqualTo(answer(requester, find));
    }
  }
}
