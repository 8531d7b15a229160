package io.kadenza.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.gossip.effect.GossipEvent;
import io.kadenza.gossip.engine.GossipConfig;
import io.kadenza.gossip.mesh.MeshProtocol;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcCodec;
import io.kadenza.gossip.rpc.RpcLimits;
import io.kadenza.gossip.rpc.SubOpts;
import io.kadenza.gossip.signing.SignaturePolicy;
import io.kadenza.host.Connection;
import io.kadenza.host.EventStream;
import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.StreamException;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

class PubSubTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TOPIC = "universal-connectivity";

  private final List<AutoCloseable> open = new ArrayList<>();

  private final Host alice = host();
  private final Host bob = host();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void whatOnePublishesTheOtherReads() throws Exception {
    PubSub ours = pubsub(alice);
    PubSub theirs = pubsub(bob);
    Subscription reader = theirs.subscribe(TOPIC);
    var events = ours.events(100);
    alice.connect(bob.info(), LIMIT);
    awaitSubscribed(events, bob.id());

    assertThat(ours.peers(TOPIC)).containsExactly(bob.id());
    assertThat(ours.publish(TOPIC, Bytes.utf8("hello"))).isEqualTo(1);

    TopicMessage message = reader.next(LIMIT).orElseThrow();
    assertThat(message.data()).isEqualTo(Bytes.utf8("hello"));
    assertThat(message.author()).contains(alice.id());
    assertThat(message.via()).isEqualTo(alice.id());
    assertThat(message.signed()).isTrue();
    assertThat(message.seqno().size()).isEqualTo(8);
  }

  @Test
  void whoPublishesWhatCannotBeNamedIsToldWhy() {
    var fault = new AssertionError("a bug");
    PubSub faulty =
        pubsub(
            alice,
            GossipConfig.DEFAULT.withMessageId(_ -> {
              throw fault;
            }));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> faulty.publish(TOPIC, Bytes.utf8("hello"))).hasRootCause(fault);
    }
  }

  @Test
  @Timeout(10)
  void whoComesAfterTheEndDoesNotWait() throws Exception {
    PubSub closed = pubsub(alice);
    closed.close();

    assertThat(closed.events(1)).isEmpty();
    assertThat(closed.subscribe(TOPIC).next(LIMIT)).isEmpty();
  }

  @Test
  void itWorksBothWaysAndOverTheMesh() throws Exception {
    Host carol = host();
    PubSub ours = pubsub(alice);
    PubSub relay = pubsub(bob);
    PubSub last = pubsub(carol);
    Subscription atAlice = ours.subscribe(TOPIC);
    relay.subscribe(TOPIC);
    Subscription atCarol = last.subscribe(TOPIC);
    var events = relay.events(100);
    alice.connect(bob.info(), LIMIT);
    carol.connect(bob.info(), LIMIT);
    awaitGrafted(events, alice.id());
    awaitGrafted(relay, carol.id());

    ours.publish(TOPIC, Bytes.utf8("to carol"));
    assertThat(atCarol.next(LIMIT).orElseThrow().author()).contains(alice.id());
    last.publish(TOPIC, Bytes.utf8("to alice"));
    assertThat(atAlice.next(LIMIT).orElseThrow().data()).isEqualTo(Bytes.utf8("to alice"));
  }

  @Test
  void subscribingAndLeavingWhileConnectedIsHeard() throws Exception {
    PubSub ours = pubsub(alice);
    PubSub theirs = pubsub(bob);
    var events = ours.events(100);
    alice.connect(bob.info(), LIMIT);
    Subscription one = theirs.subscribe(TOPIC);
    Subscription two = theirs.subscribe(TOPIC);
    awaitSubscribed(events, bob.id());
    one.close();
    assertThat(theirs.topics()).containsExactly(TOPIC);

    two.close();
    await(events, new GossipEvent.PeerUnsubscribed(bob.id(), TOPIC)::equals);
    assertThat(theirs.topics()).isEmpty();
    assertThat(ours.publish(TOPIC, Bytes.utf8("anyone?"))).isZero();
  }

  @Test
  void aPeerThatDisconnectsIsGoneAndMayReturn() throws Exception {
    PubSub ours = pubsub(alice);
    pubsub(bob).subscribe(TOPIC);
    var events = ours.events(100);
    Connection connection = alice.connect(bob.info(), LIMIT);
    awaitSubscribed(events, bob.id());
    connection.close();
    await(events, new GossipEvent.PeerUnsubscribed(bob.id(), TOPIC)::equals);

    alice.connect(bob.info(), LIMIT);
    awaitSubscribed(events, bob.id());
  }

  /// The two connections are in event loops of their own.
  @Test
  @EnabledIf("io.kadenza.gossip.PubSubTest#hasTwoLoops")
  void aPeerThatIsBackBeforeItsDepartureIsToldOfIsNotGivenUp() throws Exception {
    var back = new CountDownLatch(1);
    var told = new CountDownLatch(1);
    alice.observe(event -> {
      if (event instanceof HostEvent.Disconnected && back.getCount() > 0) {
        Thread.startVirtualThread(() -> alice.connect(bob.info(), LIMIT));
        awaitUninterrupted(back);
      }
    });
    PubSub ours = pubsub(alice);
    Subscription reader = pubsub(bob).subscribe(TOPIC);
    var events = ours.events(100);
    Connection connection = alice.connect(bob.info(), LIMIT);
    awaitSubscribed(events, bob.id());
    alice.observe(event -> {
      if (event instanceof HostEvent.Identified(PeerId peer, _) && peer.equals(bob.id())) {
        back.countDown();
      } else if (event instanceof HostEvent.Disconnected) {
        told.countDown();
      }
    });

    connection.close();
    awaitUninterrupted(told);

    Optional<TopicMessage> read = Optional.empty();
    for (int i = 0; i < 100 && read.isEmpty(); i++) {
      ours.publish(TOPIC, Bytes.utf8("welcome back"));
      read = reader.next(Duration.ofMillis(100));
    }
    assertThat(read).isPresent();
  }

  static boolean hasTwoLoops() {
    return Runtime.getRuntime().availableProcessors() > 1;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void hostsThatWereConnectedBeforeFindEachOtherToo() throws Exception {
    alice.connect(bob.info(), LIMIT);
    PubSub ours = pubsub(alice);
    var events = ours.events(100);
    pubsub(bob).subscribe(TOPIC);

    awaitSubscribed(events, bob.id());
  }

  @Test
  void aSlowReaderLosesTheOldestMessages() throws Exception {
    PubSub ours = pubsub(alice);
    PubSub theirs = pubsub(bob);
    Subscription slow = theirs.subscribe(TOPIC, 2);
    Subscription quick = theirs.subscribe(TOPIC);
    var events = ours.events(100);
    alice.connect(bob.info(), LIMIT);
    awaitSubscribed(events, bob.id());
    for (int i = 0; i < 5; i++) {
      ours.publish(TOPIC, Bytes.utf8("message " + i));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(quick.next(LIMIT).orElseThrow().data()).isEqualTo(Bytes.utf8("message " + i));
    }

    assertThat(slow.dropped()).isEqualTo(3);
    assertThat(slow.next(LIMIT).orElseThrow().data()).isEqualTo(Bytes.utf8("message 3"));
    assertThat(slow.next(LIMIT).orElseThrow().data()).isEqualTo(Bytes.utf8("message 4"));
  }

  @Test
  void aLargeMessageArrivesWhole() throws Exception {
    PubSub ours = pubsub(alice);
    Subscription reader = pubsub(bob).subscribe(TOPIC);
    var events = ours.events(100);
    alice.connect(bob.info(), LIMIT);
    awaitSubscribed(events, bob.id());
    byte[] data = new byte[RpcLimits.MAX_DATA_BYTES];
    data[data.length - 1] = 1;
    ours.publish(TOPIC, Bytes.of(data));

    assertThat(reader.next(LIMIT).orElseThrow().data()).isEqualTo(Bytes.of(data));
  }

  @Test
  void anUnsignedMessageIsReadUnderTheLaxPolicyOnly() throws Exception {
    Subscription strict = pubsub(alice).subscribe(TOPIC);
    Subscription lax = pubsub(bob, SignaturePolicy.LAX).subscribe(TOPIC);
    Host stranger = stranger();
    var message = new Message(null, Bytes.utf8("unsigned"), null, TOPIC, null, null, Bytes.EMPTY);
    send(stranger, alice, message);
    send(stranger, bob, message);

    TopicMessage read = lax.next(LIMIT).orElseThrow();
    assertThat(read.signed()).isFalse();
    assertThat(read.author()).isEmpty();
    assertThat(strict.next(Duration.ZERO)).isEmpty();
  }

  @Test
  void whoSendsNonsenseLosesTheStreamAndNothingElse() throws Exception {
    PubSub ours = pubsub(alice);
    Host stranger = stranger();
    var events = ours.events(100);
    var connection = stranger.connect(alice.info(), LIMIT);
    try (var stream = connection.open(List.of(MeshProtocol.V1_0.id()), LIMIT)) {
      stream.writeFrame(RpcCodec.encode(Rpc.of(new SubOpts(true, TOPIC))));
      awaitSubscribed(events, stranger.id());
      stream.writeFrame(new byte[] {7});
      assertThatThrownBy(() -> stream.read(new byte[1], 0, 1)).isInstanceOf(StreamException.class);
    }
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void aSecondPubSubOnAHostIsRefused() {
    pubsub(alice);

    assertThatThrownBy(() -> PubSub.builder(alice).start())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onAHostThatIsClosedItDoesNotStart() {
    alice.close();

    assertThatThrownBy(() -> pubsub(alice))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void afterCloseNothingWaitsAndTheHostGoesOn() throws Exception {
    PubSub ours = PubSub.builder(alice).start();
    Subscription reader = ours.subscribe(TOPIC);
    ours.close();
    ours.close();

    assertThat(reader.next(LIMIT)).isEmpty();
    assertThatThrownBy(() -> ours.publish(TOPIC, Bytes.EMPTY))
        .isInstanceOfSatisfying(
            PubSubException.class,
            closed -> assertThat(closed.reason()).isEqualTo(PubSubException.Reason.CLOSED));
    assertThatThrownBy(() -> ours.peers(TOPIC)).isInstanceOf(PubSubException.class);
    assertThat(alice.protocols()).doesNotContainAnyElementsOf(MeshProtocol.IDS);
    pubsub(alice);
  }

  @Test
  @Timeout(10)
  void afterAnErrorNothingWaitsAndNobodyIsServed() throws Exception {
    PubSub ours =
        pubsub(
            alice,
            GossipConfig.DEFAULT.withMessageId(_ -> {
              throw new OutOfMemoryError("as a heap that is full");
            }));
    Subscription reader = ours.subscribe(TOPIC);

    assertThatThrownBy(() -> ours.publish(TOPIC, Bytes.EMPTY)).isInstanceOf(PubSubException.class);

    assertThat(reader.next(Duration.ofDays(1))).isEmpty();
    assertThat(ours.subscribe(TOPIC).next(Duration.ofDays(1))).isEmpty();
    assertThat(alice.protocols()).doesNotContainAnyElementsOf(MeshProtocol.IDS);
  }

  private Host host() {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.add(host);
    return host;
  }

  /// A host that speaks gossipsub as this test makes it, and listens to nobody.
  private Host stranger() {
    Host stranger = host();
    stranger.handle(
        MeshProtocol.V1_0.id(),
        stream -> {
          while (stream.readFrame(RpcLimits.MAX_RPC_BYTES) != null) {
            // Whatever we are told.
          }
        });
    return stranger;
  }

  private PubSub pubsub(Host host) {
    return pubsub(host, GossipConfig.DEFAULT);
  }

  private PubSub pubsub(Host host, SignaturePolicy policy) {
    return pubsub(host, GossipConfig.DEFAULT.withPolicy(policy));
  }

  private PubSub pubsub(Host host, GossipConfig config) {
    var pubsub = PubSub.builder(host).config(config).start();
    open.add(pubsub);
    return pubsub;
  }

  private static void send(Host from, Host to, Message message) {
    var stream = from.open(to.info(), List.of(MeshProtocol.V1_0.id()), LIMIT);
    stream.writeFrame(RpcCodec.encode(Rpc.of(message)));
  }

  private static void awaitSubscribed(EventStream<GossipEvent> events, PeerId peer)
      throws InterruptedException {
    await(events, new GossipEvent.PeerSubscribed(peer, TOPIC)::equals);
  }

  private static void awaitGrafted(EventStream<GossipEvent> events, PeerId peer)
      throws InterruptedException {
    await(events, new GossipEvent.Grafted(peer, TOPIC)::equals);
  }

  private static void awaitGrafted(PubSub pubsub, PeerId peer) throws InterruptedException {
    try (var events = pubsub.events(100)) {
      if (!pubsub.mesh(TOPIC).contains(peer)) {
        awaitGrafted(events, peer);
      }
    }
  }

  private static void await(EventStream<GossipEvent> events, Predicate<GossipEvent> wanted)
      throws InterruptedException {
    while (!wanted.test(events.next(LIMIT).orElseThrow())) {
      // Another event.
    }
  }
}
