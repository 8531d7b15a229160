package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Who is let into the table, and who has to leave it.
class StandingTest {
  private static final Bytes KEY = Bytes.utf8("key");

  private final SplittableRandom random = new SplittableRandom(9);
  private final PeerId self = Peers.id(random);
  private KadEngine engine = new KadEngine(KadConfig.DEFAULT, self, new SplittableRandom(1));
  private Now now = new Now(0, Instant.EPOCH);

  private List<EngineEffect.Ask> apply(EngineInput input) {
    return asks(engine.apply(input, now));
  }

  private static List<EngineEffect.Ask> asks(List<EngineEffect> effects) {
    return effects.stream()
        .filter(EngineEffect.Ask.class::isInstance)
        .map(EngineEffect.Ask.class::cast)
        .toList();
  }

  private int size() {
    return engine.neighbourhood().table().size();
  }

  @Test
  void aServerIsAskedForItselfBeforeItIsAdmitted() {
    PeerInfo peer = Peers.info(random);
    var asks = apply(new EngineInput.PeerIdentified(peer, true));
    assertThat(asks).hasSize(1);
    assertThat(asks.getFirst().to()).isEqualTo(peer);
    assertThat(asks.getFirst().request()).isEqualTo(new KadRequest.FindNode(peer.id().bytes()));
    assertThat(size()).isZero();
    answer(asks.getFirst(), List.of(Contact.of(peer)));
    assertThat(size()).isEqualTo(1);
  }

  private void answer(EngineEffect.Ask ask, List<Contact> closer) {
    apply(new EngineInput.Answered(ask.rpcId(), new KadResponse.Closer(closer)));
  }

  @Test
  void aClientIsNot() {
    assertThat(apply(new EngineInput.PeerIdentified(Peers.info(random), false))).isEmpty();
  }

  @Test
  void whoFailsTheCheckStaysOut() {
    var asks = apply(new EngineInput.PeerIdentified(Peers.info(random), true));
    apply(new EngineInput.RpcFailed(asks.getFirst().rpcId(), RpcFailure.REFUSED));
    assertThat(size()).isZero();
  }

  @Test
  void aWrongKindOfAnswerIsAFailure() {
    var asks = apply(new EngineInput.PeerIdentified(Peers.info(random), true));
    apply(new EngineInput.Answered(asks.getFirst().rpcId(), new KadResponse.Pong()));
    assertThat(size()).isZero();
    assertThat(engine.inFlight()).isZero();
  }

  @Test
  void anAnswerThatNamesNobodyWillDoOnlyInASmallNetwork() {
    for (int i = 0; i < 20; i++) {
      answer(apply(new EngineInput.PeerIdentified(Peers.info(random), true)).getFirst(), List.of());
    }
    assertThat(size()).isEqualTo(20);
    answer(apply(new EngineInput.PeerIdentified(Peers.info(random), true)).getFirst(), List.of());
    assertThat(size()).isEqualTo(20);
  }

  @Test
  void aSpareTakesThePlaceOfWhoLeavesOnceItHasAnswered() {
    engine = new KadEngine(KadConfig.DEFAULT.withK(1), self, new SplittableRandom(1));
    PeerInfo first = inBucketZero();
    PeerInfo spare = inBucketZero();
    answer(apply(new EngineInput.PeerIdentified(first, true)).getFirst(), List.of());
    assertThat(apply(new EngineInput.PeerIdentified(spare, true))).isEmpty();
    var asks =
        apply(new EngineInput.Start(1, new Operation.FindClosest(KEY), Duration.ofMinutes(1)));
    assertThat(asks).extracting(EngineEffect.Ask::to).containsExactly(first);

    var then = apply(new EngineInput.RpcFailed(asks.getFirst().rpcId(), RpcFailure.UNSUPPORTED));

    assertThat(size()).isZero();
    assertThat(then).extracting(EngineEffect.Ask::to).containsExactly(spare);
    answer(then.getFirst(), List.of());
    assertThat(engine.neighbourhood().table().closest(KadKey.of(KEY), 1))
        .containsExactly(Contact.of(spare));
  }

  private PeerInfo inBucketZero() {
    PeerInfo peer = Peers.info(random);
    while (Contact.of(peer).commonPrefixLength(Contact.of(new PeerInfo(self, List.of())).key())
        != 0) {
      peer = Peers.info(random);
    }
    return peer;
  }

  @Test
  void atMostSixteenAreCheckedAtATime() {
    for (int i = 0; i < 1_000; i++) {
      apply(new EngineInput.PeerIdentified(Peers.info(random), true));
    }
    assertThat(engine.inFlight()).isEqualTo(16);
  }

  @Test
  void aCheckThatIsNotAnsweredIsGivenUp() {
    var asks = apply(new EngineInput.PeerIdentified(Peers.info(random), true));
    now = now.plus(Duration.ofSeconds(10));
    assertThat(engine.tick(now)).contains(new EngineEffect.Abandon(asks.getFirst().rpcId()));
    assertThat(engine.inFlight()).isZero();
    answer(asks.getFirst(), List.of());
    assertThat(size()).isZero();
  }

  @Test
  void whoFailsTwiceLeavesTheTable() {
    var net = new TestNetwork(1);
    List<TestNode> nodes = net.servers(6);
    net.runFor(Duration.ofMinutes(1));
    TestNode dead = nodes.get(3);
    dead.up = false;
    net.run(nodes.getFirst(), new Operation.FindClosest(KEY));
    net.runFor(KadConfig.DEFAULT.lookup().patience());
    // In doubt: not named any more, but kept until asked again.
    assertThat(nodes.getFirst().tableSize()).isEqualTo(4);
    assertThat(nodes.getFirst().events(EngineEvent.PeerRemoved.class)).isEmpty();
    // The others answer something meanwhile, so it is not we who are cut off.
    net.run(nodes.getFirst(), new Operation.FindClosest(KEY));
    net.runFor(Duration.ofMinutes(1));
    assertThat(nodes.getFirst().events(EngineEvent.PeerRemoved.class))
        .containsExactly(
            new EngineEvent.PeerRemoved(dead.id(), EngineEvent.PeerRemoved.Reason.UNRESPONSIVE));
  }

  /// Fills the table and asks some of its peers.
  private List<EngineEffect.Ask> walkThroughAFullTable() {
    List<Contact> others = Peers.contacts(300, random);
    engine.apply(new EngineInput.Converge(others, List.of()), now);
    var asks =
        apply(new EngineInput.Start(1, new Operation.FindClosest(KEY), Duration.ofMinutes(1)));
    answer(asks.getFirst(), others.subList(0, 20)); // It is not we who are cut off.
    return asks;
  }

  private Optional<EngineEvent.PeerRemoved> failing(EngineEffect.Ask ask, RpcFailure why) {
    return engine.apply(new EngineInput.RpcFailed(ask.rpcId(), why), now).stream()
        .filter(EngineEffect.Happened.class::isInstance)
        .map(happened -> ((EngineEffect.Happened) happened).event())
        .filter(EngineEvent.PeerRemoved.class::isInstance)
        .map(EngineEvent.PeerRemoved.class::cast)
        .findAny();
  }

  @Test
  void whoCannotBeReachedLeavesAtOnce() {
    var asks = walkThroughAFullTable();
    assertThat(failing(asks.get(1), RpcFailure.TIMED_OUT)).isEmpty();
    assertThat(failing(asks.get(2), RpcFailure.UNREACHABLE))
        .contains(
            new EngineEvent.PeerRemoved(
                asks.get(2).to().id(), EngineEvent.PeerRemoved.Reason.UNRESPONSIVE));
  }

  @Test
  void aWalkOfSomebodyWhoHasJustBeenCutOffEmptiesNoTable() {
    walkThroughAFullTable();
    now = now.plus(Duration.ofSeconds(1));
    var asks =
        apply(new EngineInput.Start(2, new Operation.FindClosest(KEY), Duration.ofMinutes(1)));
    assertThat(asks).isNotEmpty();
    assertThat(asks).allMatch(ask -> failing(ask, RpcFailure.UNREACHABLE).isEmpty());
  }

  @Test
  void whoIsCutOffForgetsNobody() {
    var net = new TestNetwork(2);
    List<TestNode> nodes = net.servers(6);
    net.runFor(Duration.ofMinutes(5));
    TestNode node = nodes.getFirst();
    nodes.subList(1, 6).forEach(other -> other.up = false);
    for (int i = 0; i < 10; i++) {
      net.run(node, new Operation.FindClosest(Bytes.utf8("key" + i)));
      net.runFor(Duration.ofMinutes(5));
    }
    assertThat(node.events(EngineEvent.PeerRemoved.class)).isEmpty();
    nodes.subList(1, 6).forEach(other -> other.up = true);
    var closest = net.run(node, new Operation.FindClosest(KEY));
    assertThat(closest.peers()).hasSize(5);
  }

  @Test
  void aRefusedRecordIsNoFailure() {
    var net = new TestNetwork(3);
    List<TestNode> nodes = net.servers(6);
    net.runFor(Duration.ofMinutes(1));
    net.faults =
        (_, request) ->
            request instanceof KadRequest.PutValue
                ? TestNetwork.Fault.RESET
                : TestNetwork.Fault.NONE;
    for (int i = 0; i < 3; i++) {
      net.run(nodes.getFirst(), new Operation.PutValue(KEY, Bytes.utf8("value " + i)));
    }
    assertThat(nodes.getFirst().tableSize()).isEqualTo(5);
  }

  @Test
  void theDeadAreFoundOutByTheRefresh() {
    var net = new TestNetwork(4);
    List<TestNode> nodes = net.servers(10);
    net.runFor(Duration.ofMinutes(2));
    nodes.get(4).up = false;
    net.runFor(Duration.ofMinutes(30));
    for (TestNode node : nodes) {
      assertThat(node.up && node.knows(nodes.get(4))).isFalse();
    }
  }

  @Test
  void whoAnswersAWalkIsAdmittedWithoutACheck() {
    var net = new TestNetwork(5);
    List<TestNode> nodes = net.servers(5);
    TestNode client = net.client();
    net.run(client, new Operation.Bootstrap(List.of(nodes.getFirst().info())));
    assertThat(client.tableSize()).isEqualTo(5);
  }
}
