package io.kadenza.kad.internal.client;

import static io.kadenza.kad.internal.client.ScriptedPeer.answer;
import static io.kadenza.kad.internal.client.ScriptedPeer.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How requests share streams, with a peer that does what the test says.
class RpcClientTest {
  @RegisterExtension private final Dialogue dialogue = new Dialogue();
  private final Host host = dialogue.host;
  private final ScriptedPeer peer = dialogue.peer;
  private final RpcClient client = dialogue.client;

  private void ask(long id) {
    ask(id, new KadRequest.GetValue(key(id)));
  }

  private void ask(long id, KadRequest request) {
    client.ask(new Ask(id, peer.info(), request, Dialogue.PATIENCE));
  }

  private static Bytes key(long id) {
    return Bytes.utf8("/v/" + id);
  }

  private void assertAnswered(long... ids) throws InterruptedException {
    List<Long> answered = new ArrayList<>();
    for (long _ : ids) {
      EngineInput report = dialogue.report();
      assertThat(report).isInstanceOf(EngineInput.Answered.class);
      var answer = (EngineInput.Answered) report;
      assertThat(((KadResponse.Value) answer.response()).key()).isEqualTo(key(answer.rpcId()));
      answered.add(answer.rpcId());
    }
    assertThat(answered).containsExactlyInAnyOrder(Arrays.stream(ids).boxed().toArray(Long[]::new));
  }

  private void assertFailed(long id, RpcFailure why) throws InterruptedException {
    assertThat(dialogue.report()).isEqualTo(new EngineInput.RpcFailed(id, why));
  }

  /// Asks once and answers, so that there is a stream that has proved itself.
  private Stream warm() throws InterruptedException {
    ask(100);
    Stream stream = peer.accept();
    answer(stream, read(stream));
    assertAnswered(100);
    return stream;
  }

  /// How often a peer is dialled that is not there, when it is asked twice.
  private int dialsToNobody() throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var nobody =
        new PeerInfo(
            Identity.generate(KeyType.ED25519).peerId(),
            List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + free)));
    var dials = new AtomicInteger();
    try (var _ =
        host.observe(event -> {
          if (event instanceof HostEvent.DialFailed) {
            dials.incrementAndGet();
          }
        })) {
      for (int id = 1; id <= 2; id++) {
        client.ask(new Ask(id, nobody, new KadRequest.Ping(), Dialogue.PATIENCE));
        assertFailed(id, RpcFailure.UNREACHABLE);
      }
    }
    return dials.get();
  }

  @Test
  void whoWasNotThereAMomentAgoIsDialledAgainOnlyByWhoHasNoConnection() throws Exception {
    assertThat(dialsToNobody()).isEqualTo(2);
    warm();
    assertThat(dialsToNobody()).isEqualTo(1);
  }

  @Test
  void requestsFollowEachOtherOnOneStreamWithoutWaitingForAnswers() throws Exception {
    Stream stream = warm();
    ask(1);
    ask(2);
    ask(3);

    List<Bytes> keys = List.of(read(stream), read(stream), read(stream));
    keys.forEach(key -> answer(stream, key));

    assertThat(keys).containsExactly(key(1), key(2), key(3));
    assertAnswered(1, 2, 3);
    assertThat(peer.hasOther()).isFalse();
  }

  /// Connections to two peers stand for two connections to one, of which the older may be dead.
  @Test
  void whatComesAfterANewConnectionGoesThere() throws Exception {
    Stream before = warm();
    for (int id = 1; id <= PeerLine.STREAMS * PeerLine.DEPTH; id++) {
      ask(id);
    }
    try (var there = new ScriptedPeer()) {
      var connection = host.connect(there.info(), Dialogue.PATIENCE);
      var request = new KadRequest.GetValue(key(0));
      var next = new Question(client, new Ask(0, peer.info(), request, Dialogue.PATIENCE));

      client.line(peer.info().id()).send(next, connection);

      assertThat(read(there.accept())).isEqualTo(key(0));
    }
    Bytes first = read(before);
    answer(before, first);
    assertThat(dialogue.report()).as("is still heard").isInstanceOf(EngineInput.Answered.class);
  }

  @Test
  void rule03APeerThatClosesAfterOneAnswerIsAskedOnFreshStreams() throws Exception {
    ask(1);
    Stream first = peer.accept();
    read(first);
    ask(2);
    ask(3);
    answer(first, key(1));
    first.closeWrite();

    for (int i = 0; i < 2; i++) {
      Stream lone = peer.accept();
      answer(lone, read(lone));
      assertThat(lone.readFrame(100)).as("half-closed behind the one request").isNull();
    }
    assertAnswered(1, 2, 3);

    // Learned: the next one does not even try.
    ask(4);
    Stream next = peer.accept();
    answer(next, read(next));
    assertThat(next.readFrame(100)).isNull();
    assertAnswered(4);
  }

  @Test
  void aRequestIsSentOnceMoreWhenAReusedStreamEndsWithoutAnAnswer() throws Exception {
    Stream stream = warm();
    ask(1);
    read(stream);
    stream.reset();

    Stream fresh = peer.accept();
    answer(fresh, read(fresh));

    assertAnswered(1);
  }

  @Test
  void rule04AResetOrAnEndInsteadOfAnAnswerIsOneFailedRequest() throws Exception {
    ask(1);
    peer.accept().reset();
    assertFailed(1, RpcFailure.REFUSED);

    ask(2);
    Stream closed = peer.accept();
    read(closed);
    closed.close();
    assertFailed(2, RpcFailure.REFUSED);

    ask(3);
    Stream good = peer.accept();
    answer(good, read(good));
    assertAnswered(3);
  }

  @Test
  void aRequestThatIsRefusedTwiceHasFailed() throws Exception {
    Stream stream = warm();
    ask(1);
    read(stream);
    stream.reset();
    peer.accept().reset();

    assertFailed(1, RpcFailure.REFUSED);
  }

  @Test
  void whatARefusedRequestTakesAlongIsSentAgain() throws Exception {
    ask(1);
    Stream stream = peer.accept();
    ask(2);
    ask(3);
    read(stream);
    read(stream);
    stream.reset();

    assertFailed(1, RpcFailure.REFUSED);
    Stream fresh = peer.accept();
    answer(fresh, read(fresh));
    answer(fresh, read(fresh));
    assertAnswered(2, 3);
  }

  @Test
  void anAbandonedRequestLeavesTheOthersTheirAnswers() throws Exception {
    Stream stream = warm();
    ask(1);
    ask(2);
    ask(3);
    client.abandon(2);
    for (int i = 0; i < 3; i++) {
      answer(stream, read(stream));
    }

    assertAnswered(1, 3);
    assertThat(dialogue.reports).isEmpty();
  }

  @Test
  void nobodyIsDialledForARequestThatIsNotWantedAnyMore() throws Exception {
    try (var other = new ScriptedPeer()) {
      var question = new KadRequest.GetValue(key(1));
      var unwanted = new Ask(1, other.info(), question, Dialogue.PATIENCE);
      client.dispatch(new Question(client, unwanted));
      // Takes as long as the other dial would.
      warm();
      assertThat(host.isConnected(other.info().id())).isFalse();
    }
  }

  @Test
  void aFrameThatNobodyAskedForIsNoAnswerToTheNextRequest() throws Exception {
    Stream stream = warm();
    answer(stream, key(1));
    assertThat(catchEnd(stream)).as("the stream is given up").isTrue();

    ask(1);
    Stream fresh = peer.accept();
    answer(fresh, read(fresh));

    assertAnswered(1);
  }

  private static boolean catchEnd(Stream stream) {
    try {
      return stream.readFrame(100) == null;
    } catch (StreamException end) {
      return true;
    }
  }

  @Test
  void aMalformedAnswerFailsItsRequestOnly() throws Exception {
    Stream stream = warm();
    ask(1);
    ask(2);
    read(stream);
    stream.writeFrame(new byte[] {1, 2, 3});

    assertFailed(1, RpcFailure.MALFORMED);
    Stream fresh = peer.accept();
    answer(fresh, read(fresh));
    assertAnswered(2);
  }

  @Test
  void noMoreRequestsAreUnderWayThanAPeerCanBeExpectedToTake() throws Exception {
    List<Stream> streams = new ArrayList<>();
    streams.add(warm());
    int places = PeerLine.DEPTH * PeerLine.STREAMS;
    for (int i = 0; i < places + 5; i++) {
      ask(i);
    }
    while (streams.size() < PeerLine.STREAMS) {
      streams.add(peer.accept());
    }
    for (Stream stream : streams) {
      for (int i = 0; i < PeerLine.DEPTH; i++) {
        answer(stream, read(stream));
      }
    }
    for (int i = 0; i < places; i++) {
      assertThat(dialogue.report()).isInstanceOf(EngineInput.Answered.class);
    }
    assertThat(peer.hasOther()).isFalse();
  }

  @Test
  void aLostConnectionIsMadeAgainForWhatAReusedStreamOwes() throws Exception {
    Stream stream = warm();
    ask(1);
    read(stream);
    host.connection(peer.info().id()).orElseThrow().close();

    Stream fresh = peer.accept();
    answer(fresh, read(fresh));

    assertAnswered(1);
  }

  @Test
  void aPeerThatIsForgottenHasItsStreamsClosed() throws Exception {
    Stream stream = warm();

    client.forget(peer.info().id());

    assertThat(stream.readFrame(100)).isNull();
  }

  @Test
  void rule05AddProviderGoesOnAStreamOfItsOwnHalfClosedAndDrained() throws Exception {
    Stream stream = warm();
    ask(1, new KadRequest.AddProvider(key(1), host.info()));

    Stream own = peer.accept();
    assertThat(read(own)).isEqualTo(key(1));
    assertThat(own.readFrame(100)).isNull();
    assertThat(dialogue.reports).isEmpty();
    own.closeWrite();
    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));

    ask(2);
    answer(stream, read(stream));
    assertAnswered(2);
  }

  @Test
  void rule05AnEchoOfAddProviderIsAcceptance() throws Exception {
    ask(1, new KadRequest.AddProvider(key(1), host.info()));
    Stream own = peer.accept();
    read(own);
    own.writeFrame(KadCodec.encodeResponse(new KadResponse.ProviderAdded(key(1))));
    own.readFrame(100);
    Dialogue.resetAfterSending(own);

    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));
  }

  @Test
  void rule05AResetInsteadOfAnythingRefusesAddProvider() throws Exception {
    ask(1, new KadRequest.AddProvider(key(1), host.info()));
    peer.accept().reset();

    assertFailed(1, RpcFailure.REFUSED);
  }
}
