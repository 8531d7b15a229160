package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.net.TestNetwork;
import io.kadenza.kad.net.TestNode;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the engine tells, and that it tells nothing to nobody.
class EngineEventTest {
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final Bytes VALUE = Bytes.utf8("value");

  @Test
  void nothingIsToldUnlessSomebodyWatches() {
    var net = new TestNetwork(1, TestNetwork.CONFIG.withTraces(false));
    List<TestNode> nodes = net.servers(6);
    net.run(nodes.get(1), new Operation.PutValue(KEY, VALUE));
    assertThat(net.nodes()).allSatisfy(node -> assertThat(node.events).isEmpty());

    net.apply(nodes.get(1), new EngineInput.Watch(true));
    net.run(nodes.get(1), new Operation.FindClosest(KEY));
    assertThat(nodes.get(1).events(EngineEvent.LookupEvent.class)).isNotEmpty();

    net.apply(nodes.get(1), new EngineInput.Watch(false));
    nodes.get(1).events.clear();
    net.run(nodes.get(1), new Operation.FindClosest(KEY));
    assertThat(nodes.get(1).events).isEmpty();
  }

  @Test
  void everyRequestHasExactlyOneEnd() {
    var net = new TestNetwork(2);
    List<TestNode> nodes = net.servers(25);
    nodes.get(3).up = false;
    nodes.get(4).up = false;
    TestNode asker = nodes.getLast();
    asker.events.clear();

    net.run(asker, new Operation.PutValue(KEY, VALUE));
    net.run(asker, new Operation.GetValue(KEY, 1));
    net.run(asker, new Operation.Provide(KEY));
    net.runFor(Duration.ofMinutes(1));

    var open = new HashMap<Bytes, Integer>();
    for (var event : asker.events(EngineEvent.RpcEvent.class)) {
      int change =
          switch (event) {
            case EngineEvent.RpcSent _ -> 1;
            case EngineEvent.RpcAnswered _, EngineEvent.RpcFailed _, EngineEvent.RpcAbandoned _ ->
                -1;
            case EngineEvent.RpcServed _, EngineEvent.RpcRefused _ -> 0;
          };
      var exchange = Bytes.utf8(event.type() + " " + event.peer());
      assertThat(open.merge(exchange, change, Integer::sum)).isNotNegative();
    }
    assertThat(open.values()).containsOnly(0);
    assertThat(asker.events(EngineEvent.RpcAnswered.class))
        .extracting(EngineEvent.RpcAnswered::type)
        .contains(MessageType.FIND_NODE, MessageType.PUT_VALUE, MessageType.ADD_PROVIDER);
    assertThat(asker.events(EngineEvent.RpcAbandoned.class)).isNotEmpty();
  }

  @Test
  void aStepTellsWhenItHappenedAndWhatItBrought() {
    var net = new TestNetwork(3);
    List<TestNode> nodes = net.servers(40);
    TestNode late = net.server();
    net.run(late, new Operation.Bootstrap(List.of(nodes.getFirst().info())));

    List<EngineEvent.LookupAnswered> answers = late.events(EngineEvent.LookupAnswered.class);
    EngineEvent.LookupAnswered first = answers.getFirst();
    assertThat(first.peer().id()).isEqualTo(nodes.getFirst().id());
    assertThat(first.since()).isEqualTo(first.took()).isPositive();
    // It names the asker too, whose id is looked for.
    assertThat(first.named()).isEqualTo(21);
    assertThat(first.heard()).hasSize(20);
    assertThat(answers).allMatch(answer -> answer.heard().size() <= answer.named());
    assertThat(late.events(EngineEvent.LookupStep.class))
        .filteredOn(step -> step.lookupId() == first.lookupId())
        .extracting(EngineEvent.LookupStep::since)
        .isSorted();
  }

  @Test
  void aPeerKnownInManyWaysIsOneSeed() {
    var net = new TestNetwork(9);
    List<TestNode> nodes = net.servers(5);
    TestNode node = nodes.get(2);
    node.events.clear();

    net.run(node, new Operation.Bootstrap(nodes.stream().map(TestNode::info).toList()));

    assertThat(node.events(EngineEvent.LookupStarted.class).getFirst().seeds())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aSilentPeerIsSlowBeforeItIsGivenUp() {
    var net = new TestNetwork(4);
    List<TestNode> nodes = net.servers(30);
    TestNode asker = nodes.getFirst();
    nodes.get(20).up = false;
    asker.events.clear();

    net.run(asker, new Operation.FindClosest(nodes.get(20).id().bytes()));
    net.runFor(Duration.ofMinutes(1));

    assertThat(asker.events(EngineEvent.LookupSlow.class))
        .extracting(slow -> slow.peer().id())
        .containsOnly(nodes.get(20).id());
    assertThat(asker.events(EngineEvent.RpcFailed.class))
        .extracting(EngineEvent.RpcFailed::peer)
        .contains(nodes.get(20).id());
  }

  @Test
  void aServerTellsWhomItServesAndWhomItRefuses() {
    var net = new TestNetwork(5);
    TestNode server = net.server();
    PeerInfo peer = Peers.info(net.random());

    ask(net, server, peer, new KadRequest.GetValue(KEY));
    ask(net, server, peer, new KadRequest.PutValue(new Record(KEY, VALUE)));
    ask(net, server, peer, new KadRequest.AddProvider(KEY, peer));
    ask(net, server, peer, new KadRequest.FindNode(Bytes.EMPTY));

    assertThat(server.events)
        .containsExactly(
            new EngineEvent.RpcServed(peer.id(), MessageType.GET_VALUE),
            new EngineEvent.RecordStored(KEY, VALUE.size(), peer.id()),
            new EngineEvent.RpcServed(peer.id(), MessageType.PUT_VALUE),
            new EngineEvent.ProviderStored(KEY, peer.id()),
            new EngineEvent.RpcServed(peer.id(), MessageType.ADD_PROVIDER),
            new EngineEvent.RpcRefused(
                peer.id(), MessageType.FIND_NODE, "FIND_NODE without a key"));
  }

  private static void ask(TestNetwork net, TestNode server, PeerInfo peer, KadRequest request) {
    server.engine.apply(new EngineInput.Inbound(1, peer, request), net.now()).stream()
        .filter(EngineEffect.Happened.class::isInstance)
        .map(effect -> ((EngineEffect.Happened) effect).event())
        .forEach(server.events::add);
  }

  @Test
  void aPeerThatMovesIsToldOnce() {
    var net = new TestNetwork(6);
    List<TestNode> nodes = net.servers(3);
    TestNode watcher = nodes.getFirst();
    var moved = new PeerInfo(nodes.get(1).id(), List.of(Peers.address(net.random())));
    watcher.events.clear();

    net.apply(watcher, new EngineInput.PeerIdentified(moved, true));
    net.apply(watcher, new EngineInput.PeerIdentified(moved, true));

    assertThat(watcher.events(EngineEvent.PeerMoved.class))
        .extracting(EngineEvent.PeerMoved::peer)
        .containsExactly(moved);
  }

  @Test
  void aServerWhoseBucketIsFullIsToldAsASpare() {
    var net = new TestNetwork(7, TestNetwork.CONFIG.withK(1));
    TestNode watcher = net.server();
    PeerInfo first = inBucketZero(net, watcher);
    PeerInfo second = inBucketZero(net, watcher);
    for (EngineEffect effect :
        watcher.engine.apply(new EngineInput.PeerIdentified(first, true), net.now())) {
      if (effect instanceof EngineEffect.Ask ask) {
        var named = new KadResponse.Closer(List.of(Contact.of(second)));
        net.apply(watcher, new EngineInput.Answered(ask.rpcId(), named));
      }
    }
    watcher.events.clear();

    net.apply(watcher, new EngineInput.PeerIdentified(second, true));

    assertThat(watcher.events(EngineEvent.PeerSpared.class))
        .containsExactly(new EngineEvent.PeerSpared(second, 0));
  }

  private static PeerInfo inBucketZero(TestNetwork net, TestNode of) {
    PeerInfo peer = Peers.info(net.random());
    while (Contact.of(peer).key().commonPrefixLength(of.contact.key()) != 0) {
      peer = Peers.info(net.random());
    }
    return peer;
  }

  @Test
  void aRefreshIsToldFromItsStartToItsEnd() {
    var net = new TestNetwork(8);
    List<TestNode> nodes = net.servers(5);
    net.runFor(Duration.ofMinutes(30));

    TestNode node = nodes.get(2);
    int started = node.events(EngineEvent.RefreshStarted.class).size();
    assertThat(started).isPositive();
    assertThat(node.events(EngineEvent.RefreshEnded.class)).hasSize(started);
    assertThat(node.events(EngineEvent.RefreshEnded.class).getLast().tableSize()).isEqualTo(4);
  }
}
