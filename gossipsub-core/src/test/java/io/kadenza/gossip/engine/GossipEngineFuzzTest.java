package io.kadenza.gossip.engine;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.mesh.Peers;
import io.kadenza.gossip.rpc.Control;
import io.kadenza.gossip.rpc.Graft;
import io.kadenza.gossip.rpc.IHave;
import io.kadenza.gossip.rpc.IWant;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.gossip.rpc.Prune;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcCodec;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.gossip.signing.Author;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class GossipEngineFuzzTest {
  private static final List<PeerId> PEERS =
      IntStream.range(1, 5).mapToObj(i -> TestPeers.identity(i).peerId()).toList();

  private static final Message MESSAGE =
      new Author(TestPeers.identity(9))
          .write("t", Bytes.utf8("hello"), new Now(0, Instant.ofEpochSecond(1)));

  @FuzzTest
  void whateverPeersSendTheEngineStaysInItsBounds(FuzzedDataProvider data) {
    var script = new Script();
    script.apply(new GossipInput.Subscribe("t"));
    while (data.remainingBytes() > 0) {
      PeerId peer = data.pickValue(PEERS);
      switch (data.consumeInt(0, 9)) {
        case 0 -> script.apply(new GossipInput.PeerUp(peer, data.pickValue(MeshProtocol.values())));
        case 1 -> script.apply(new GossipInput.PeerDown(peer));
        case 2 -> script.apply(new GossipInput.Subscribe(data.consumeBoolean() ? "t" : "u"));
        case 3 -> script.apply(new GossipInput.Unsubscribe(data.consumeBoolean() ? "t" : "u"));
        case 4 -> script.pass(Duration.ofMillis(data.consumeInt()).abs());
        case 5 -> receive(script, peer, data.consumeBytes(data.consumeInt(0, 200)));
        default -> script.receive(peer, rpc(data));
      }
      check(script);
      script.forget();
    }
    PEERS.forEach(peer -> script.apply(new GossipInput.PeerDown(peer)));
    require(script.engine.knownTopics() == 0);
    require(script.engine.mesh("t").isEmpty());
  }

  private static void receive(Script script, PeerId from, byte[] rpc) {
    try {
      script.apply(new GossipInput.Received(from, RpcCodec.decode(rpc)));
    } catch (MalformedException refused) {
      // The shell would end the stream.
    }
  }

  /// Well-formed, in any order, and about the same few things.
  private static Rpc rpc(FuzzedDataProvider data) {
    String topic = data.consumeBoolean() ? "t" : "u";
    List<Bytes> ids = List.of(MessageIdFunction.ORIGIN_STAMPED.id(MESSAGE), Bytes.utf8("other"));
    return new Rpc(
        data.consumeBoolean() ? List.of(new SubOpts(data.consumeBoolean(), topic)) : List.of(),
        data.consumeBoolean() ? List.of(MESSAGE) : List.of(),
        new Control(
            data.consumeBoolean() ? List.of(new IHave(topic, ids)) : List.of(),
            data.consumeBoolean() ? List.of(new IWant(ids)) : List.of(),
            data.consumeBoolean() ? List.of(new Graft(topic)) : List.of(),
            data.consumeBoolean()
                ? List.of(new Prune(topic, data.consumeInt(0, RpcLimits.MAX_BACKOFF_SECONDS)))
                : List.of()));
  }

  private static void check(Script script) {
    require(script.engine.mesh("t").size() <= 12);
    require(script.engine.knownTopics() <= PEERS.size() * Peers.MAX_TOPICS_PER_PEER);
    for (GossipEffect effect : script.effects) {
      if (effect instanceof GossipEffect.Send send) {
        require(!send.rpc().isEmpty());
        require(RpcCodec.decode(RpcCodec.encode(send.rpc())).equals(send.rpc()));
      }
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
