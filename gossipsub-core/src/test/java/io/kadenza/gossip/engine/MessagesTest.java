package io.kadenza.gossip.engine;

import static io.kadenza.gossip.engine.Script.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kadenza.crypto.Identity;
import io.kadenza.gossip.effect.GossipEffect;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.mesh.Degrees;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.signing.MessageSigning;
import io.kadenza.gossip.signing.Rejection;
import io.kadenza.gossip.signing.SignaturePolicy;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MessagesTest {
  private static final Identity AUTHOR = TestPeers.identity(100);

  private final Script script = new Script();

  @Test
  void oursGoSignedToEveryPeerOfTheTopic() {
    List<PeerId> peers = script.joinWith(20);
    script.apply(new GossipInput.Publish(TOPIC, Bytes.utf8("hi"), 7));

    assertThat(peers)
        .allSatisfy(peer ->
            assertThat(script.messagesTo(peer))
                .singleElement()
                .satisfies(m -> assertThat(m.payload()).isEqualTo(Bytes.utf8("hi")))
                .matches(MessageSigning::verify));
    assertThat(script.effects).contains(new GossipEffect.Published(7, 20));
    assertThat(script.delivered()).isEmpty();
  }

  @Test
  void withoutFloodingTheyGoToTheMeshOrTheFanout() {
    var quiet = new Script(GossipConfig.DEFAULT.withFloodPublish(false));
    for (int i = 1; i <= 20; i++) {
      quiet.subscriber(i);
    }
    quiet.forget();
    quiet.apply(new GossipInput.Publish(TOPIC, Bytes.utf8("one"), 1));
    List<PeerId> fanout = receivers(quiet);
    quiet.forget();
    quiet.apply(new GossipInput.Publish(TOPIC, Bytes.utf8("two"), 2));

    assertThat(fanout).hasSize(6);
    assertThat(receivers(quiet)).containsExactlyInAnyOrderElementsOf(fanout);
    quiet.apply(new GossipInput.Subscribe(TOPIC));
    assertThat(quiet.engine.mesh(TOPIC)).containsExactlyInAnyOrderElementsOf(fanout);
  }

  @Test
  void aFanoutEndsAMinuteAfterItsLastMessage() {
    var quiet = new Script(GossipConfig.DEFAULT.withFloodPublish(false));
    PeerId first = quiet.subscriber(1);
    quiet.apply(new GossipInput.Publish(TOPIC, Bytes.utf8("one"), 1));
    quiet.pass(Duration.ofSeconds(61));
    quiet.apply(new GossipInput.Subscribe(TOPIC));
    assertThat(quiet.engine.mesh(TOPIC)).containsExactly(first);
  }

  @Test
  void othersAreDeliveredOnceAndPassedOnToTheMesh() {
    List<PeerId> peers = script.joinWith(3);
    script.heartbeats(1);
    script.forget();
    Message message = script.messageBy(AUTHOR, "hello");
    script.receive(peers.get(0), message);
    script.receive(peers.get(1), message);

    assertThat(script.delivered()).containsExactly(message);
    assertThat(receivers(script)).containsExactlyInAnyOrder(peers.get(1), peers.get(2));
  }

  @Test
  void aMessageDoesNotGoBackToItsAuthorOrToWhoHasIt() {
    List<PeerId> peers = script.joinWith(3);
    script.heartbeats(1);
    script.forget();
    Message byFirst = script.messageBy(TestPeers.identity(1), "hello");
    var ticket =
        (GossipEffect.Verify)
            script
                .engine
                .apply(new GossipInput.Received(peers.get(1), Rpc.of(byFirst)), script.now)
                .getFirst();
    assertThat(
            script.engine.apply(
                new GossipInput.Received(peers.get(2), Rpc.of(byFirst)), script.now))
        .isEmpty();
    script.apply(new GossipInput.Verified(ticket.ticket(), true));

    assertThat(script.delivered()).containsExactly(byFirst);
    assertThat(receivers(script)).isEmpty();
  }

  @Test
  void afterItsTimeADuplicateIsNewAgain() {
    PeerId peer = script.joinWith(1).getFirst();
    Message message = script.messageBy(AUTHOR, "hello");
    script.receive(peer, message);
    script.pass(Duration.ofSeconds(119));
    script.receive(peer, message);
    assertThat(script.delivered()).hasSize(1);

    script.pass(Duration.ofSeconds(1));
    script.receive(peer, message);
    assertThat(script.delivered()).hasSize(2);
  }

  static final List<MessageIdFunction> FAULTY =
      List.of(
          _ -> {
            throw new IllegalStateException("a bug");
          },
          _ -> {
            throw new AssertionError("a bug");
          },
          _ -> {
            throw new NoClassDefFoundError("a bug");
          });

  @ParameterizedTest
  @FieldSource("FAULTY")
  void aMessageThatCannotBeNamedIsRefused(MessageIdFunction faulty) {
    var nameless = new Script(GossipConfig.DEFAULT.withMessageId(faulty));
    PeerId peer = nameless.joinWith(1).getFirst();
    Message message = nameless.messageBy(AUTHOR, "hello");

    nameless.receive(peer, message);

    assertThat(nameless.delivered()).isEmpty();
    assertThat(nameless.effects)
        .contains(
            new GossipEffect.Happened(
                new GossipEvent.MessageRejected(peer, TOPIC, Rejection.BAD_ID)));
    assertThatIllegalStateException()
        .isThrownBy(() -> nameless.apply(new GossipInput.Publish(TOPIC, Bytes.utf8("hi"), 7)));
  }

  @Test
  void aForgeryIsRefusedAndDoesNotKeepTheGenuineOut() {
    List<PeerId> peers = script.joinWith(2);
    Message genuine = script.messageBy(AUTHOR, "hello");
    Message forged = forgery(genuine);
    script.receive(peers.get(0), forged);
    script.receive(peers.get(1), genuine);

    assertThat(script.delivered()).containsExactly(genuine);
    assertThat(script.events())
        .contains(new GossipEvent.MessageRejected(peers.get(0), TOPIC, Rejection.BAD_SIGNATURE));
  }

  @Test
  void aForgeryThatIsStillBeingVerifiedDoesNotEither() {
    List<PeerId> peers = script.joinWith(2);
    Message genuine = script.messageBy(AUTHOR, "hello");
    var first = new GossipInput.Received(peers.get(0), Rpc.of(forgery(genuine)));
    assertThat(script.engine.apply(first, script.now)).hasSize(1);
    script.receive(peers.get(1), genuine);

    assertThat(script.delivered()).containsExactly(genuine);
  }

  @Test
  void theUnsignedAreRefusedUnlessThePolicyIsLax() {
    Message signed = script.messageBy(AUTHOR, "hello");
    var unsigned =
        new Message(signed.from(), signed.data(), signed.seqno(), TOPIC, null, null, Bytes.EMPTY);
    var lax = new Script(GossipConfig.DEFAULT.withPolicy(SignaturePolicy.LAX));

    script.receive(script.joinWith(1).getFirst(), unsigned);
    lax.receive(lax.joinWith(1).getFirst(), unsigned);

    assertThat(script.delivered()).isEmpty();
    assertThat(lax.delivered()).containsExactly(unsigned);
  }

  @Test
  void whatClaimsToBeOursIsNotForwarded() {
    PeerId peer = script.joinWith(1).getFirst();
    script.receive(peer, script.messageBy(TestPeers.identity(0), "me?"));

    assertThat(script.events())
        .containsExactly(new GossipEvent.MessageRejected(peer, TOPIC, Rejection.OURS));
  }

  @Test
  void messagesOfTopicsThatWeAreNotInAreIgnored() {
    PeerId peer = script.subscriber(1);
    script.forget();
    script.receive(peer, script.messageBy(AUTHOR, "hello"));

    assertThat(script.effects).isEmpty();
  }

  @Test
  void onePeerCannotTakeAllTheRoomForVerification() {
    List<PeerId> peers = script.joinWith(2);
    Message one = script.messageBy(AUTHOR, "hello");
    for (int i = 0; i < PendingMessages.MAX_MESSAGES; i++) {
      var flood =
          new Message(
              one.from(),
              Bytes.utf8("#" + i),
              one.seqno(),
              TOPIC,
              one.signature(),
              null,
              Bytes.EMPTY);
      script.engine.apply(new GossipInput.Received(peers.get(0), Rpc.of(flood)), script.now);
    }
    script.receive(peers.get(0), one);
    assertThat(script.delivered()).isEmpty();

    script.receive(peers.get(1), one);
    assertThat(script.delivered()).containsExactly(one);
  }

  @Test
  void verificationsThatNeverEndAreGivenUp() {
    PeerId peer = script.joinWith(1).getFirst();
    Message one = script.messageBy(AUTHOR, "hello");
    var received = new GossipInput.Received(peer, Rpc.of(one));
    assertThat(script.engine.apply(received, script.now)).hasSize(1);
    assertThat(script.engine.apply(received, script.now)).isEmpty();

    script.pass(Duration.ofSeconds(30));
    assertThat(script.engine.apply(received, script.now)).hasSize(1);
  }

  @Test
  void sameInputsSameEffects() {
    assertThat(longScript().effects).isEqualTo(longScript().effects);
  }

  private static Script longScript() {
    var script = new Script(GossipConfig.DEFAULT.withDegrees(new Degrees(4, 3, 6, 3)));
    List<PeerId> peers = script.joinWith(15);
    for (int i = 0; i < 30; i++) {
      script.receive(peers.get(i % 15), script.messageBy(AUTHOR, "message " + i));
      script.apply(new GossipInput.Publish(TOPIC, Bytes.utf8("ours " + i), i));
      script.heartbeats(1);
    }
    return script;
  }

  private static Message forgery(Message m) {
    return new Message(
        m.from(), Bytes.utf8("forged"), m.seqno(), TOPIC, m.signature(), null, Bytes.EMPTY);
  }

  private static List<PeerId> receivers(Script script) {
    return script.effects.stream()
        .filter(GossipEffect.Send.class::isInstance)
        .map(GossipEffect.Send.class::cast)
        .flatMap(send -> Collections.nCopies(send.rpc().publish().size(), send.peer()).stream())
        .toList();
  }
}
