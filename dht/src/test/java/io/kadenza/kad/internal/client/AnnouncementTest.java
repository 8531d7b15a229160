package io.kadenza.kad.internal.client;

import static io.kadenza.kad.internal.client.ScriptedPeer.answer;
import static io.kadenza.kad.internal.client.ScriptedPeer.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.kad.engine.EngineEffect.Announce;
import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Rule 5: many keys told to one peer, with a peer that does what the test says.
class AnnouncementTest {
  @RegisterExtension private final Dialogue dialogue = new Dialogue();
  private final Host host = dialogue.host;
  private final ScriptedPeer peer = dialogue.peer;
  private final RpcClient client = dialogue.client;

  private void announce(int keys) {
    List<Bytes> all = IntStream.range(0, keys).mapToObj(AnnouncementTest::key).toList();
    client.announce(new Announce(1, peer.info(), all, host.info(), Dialogue.PATIENCE));
  }

  private static Bytes key(int number) {
    return Bytes.utf8("key " + number);
  }

  /// Shows the client that this peer goes on after an answer.
  private void prove() throws InterruptedException {
    var question = new KadRequest.GetValue(key(0));
    Stream stream = null;
    for (int i = 0; i < 2; i++) {
      client.ask(new Ask(100 + i, peer.info(), question, Dialogue.PATIENCE));
      stream = stream == null ? peer.accept() : stream;
      answer(stream, read(stream));
      assertThat(dialogue.report()).isInstanceOf(EngineInput.Answered.class);
    }
  }

  private static void answerReceipt(Stream stream) {
    assertThat(KadCodec.decodeRequest(stream.readFrame(1_000)))
        .isInstanceOf(KadRequest.FindNode.class);
    stream.writeFrame(KadCodec.encodeResponse(new KadResponse.Closer(List.of())));
  }

  private static void echo(Stream stream, Bytes key) {
    stream.writeFrame(KadCodec.encodeResponse(new KadResponse.ProviderAdded(key)));
  }

  @Test
  void allKeysForAPeerThatGoesOnTravelOnOneStream() throws Exception {
    prove();
    announce(5);

    Stream own = peer.accept();
    for (int i = 0; i < 5; i++) {
      var request = (KadRequest.AddProvider) KadCodec.decodeRequest(own.readFrame(1_000));
      assertThat(request.key()).isEqualTo(key(i));
      assertThat(request.providers()).containsExactly(host.info());
      assertThat(request.wantsAck()).isFalse();
    }
    assertThat(own.readFrame(1_000)).isNull();
    own.closeWrite();

    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));
    assertThat(peer.hasOther()).isFalse();
  }

  @Test
  void aPeerThatHasProvedNothingConfirmsWithAnAnswer() throws Exception {
    announce(3);

    Stream own = peer.accept();
    for (int i = 0; i < 3; i++) {
      assertThat(read(own)).isEqualTo(key(i));
    }
    answerReceipt(own);
    own.closeWrite();

    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));
  }

  @Test
  void aPeerThatClosesAfterOneIsToldOfEachKeyOnAStreamOfItsOwn() throws Exception {
    announce(3);
    for (int i = 0; i < 3; i++) {
      Stream own = peer.accept();
      assertThat(read(own)).isEqualTo(key(i));
      own.close();
    }

    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));
  }

  @Test
  void whatWasEchoedIsTakenHoweverTheStreamEnds() throws Exception {
    announce(3);
    Stream own = peer.accept();
    echo(own, read(own));
    echo(own, read(own));
    Dialogue.resetAfterSending(own);
    Stream second = peer.accept();
    assertThat(read(second)).isEqualTo(key(2));
    echo(second, key(2));
    Dialogue.resetAfterSending(second);

    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));
  }

  @Test
  void aResetBeforeAnythingRefusesAll() throws Exception {
    prove();
    announce(3);
    peer.accept().reset();

    assertThat(dialogue.report()).isEqualTo(new EngineInput.RpcFailed(1, RpcFailure.REFUSED));
  }

  @Test
  void aSlowPeerHoldsUpTheWritingAndLosesNothing() throws Exception {
    prove();
    int many = 20_000;
    announce(many);

    Stream own = peer.accept();
    for (int i = 0; i < many; i++) {
      assertThat(read(own)).isEqualTo(key(i));
    }
    assertThat(own.readFrame(1_000)).isNull();
    own.closeWrite();

    assertThat(dialogue.report()).isEqualTo(new EngineInput.Sent(1));
  }
}
