package io.kadenza.host.internal.noise;

import static io.kadenza.host.internal.noise.Peers.ALICE;
import static io.kadenza.host.internal.noise.Peers.ALICES;
import static io.kadenza.host.internal.noise.Peers.BOB;
import static io.kadenza.host.internal.noise.Peers.BOBS;
import static io.kadenza.host.internal.noise.Peers.CRYPTO;
import static io.kadenza.host.internal.noise.Peers.YAMUX;
import static io.kadenza.host.internal.noise.Peers.feed;
import static io.kadenza.host.internal.noise.Peers.framed;
import static io.kadenza.host.internal.noise.Peers.shake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.primitive.X25519KeyPair;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseHandshakeTest {

  private static final List<String> NO_MUXERS = List.of();

  private final Random random = new Random(7);

  @Test
  void bothSidesLearnWhoTheOtherIs() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, BOB.peerId(), YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    assertThat(alice.output().size()).isEqualTo(34);
    assertThat(bob.output().isEmpty()).isTrue();
    shake(alice, bob);
    assertThat(alice.done()).isTrue();
    assertThat(alice.session().remotePeer()).isEqualTo(BOB.peerId());
    assertThat(alice.session().remoteKey()).isEqualTo(BOB.publicKey());
    assertThat(bob.session().remotePeer()).isEqualTo(ALICE.peerId());
    assertThat(alice.session().muxer()).contains("/yamux/1.0.0");
    assertThat(bob.session().muxer()).contains("/yamux/1.0.0");
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void anyKindOfIdentityWillDo(KeyType type) {
    Identity carol = Identity.generate(type);
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, carol.peerId(), NO_MUXERS);
    NoiseHandshake responder =
        NoiseHandshake.responder(NoiseIdentity.create(carol, CRYPTO), NO_MUXERS);
    shake(alice, responder);
    assertThat(alice.session().remotePeer()).isEqualTo(carol.peerId());
  }

  @Test
  void thereIsNoSessionBeforeTheEnd() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    assertThatIllegalStateException().isThrownBy(alice::session);
    feed(bob, alice.output().take());
    assertThat(bob.done()).isFalse();
    assertThatIllegalStateException().isThrownBy(bob::session);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 33, 100})
  void messagesMayBeCutAnywhere(int chunk) {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, BOB.peerId(), YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    for (int i = 0; i < 3; i++) {
      NoiseHandshake from = i == 1 ? bob : alice;
      NoiseHandshake to = i == 1 ? alice : bob;
      byte[] wire = from.output().take();
      for (int at = 0; at < wire.length; at += chunk) {
        int piece = Math.min(chunk, wire.length - at);
        assertThat(to.receive(wire, at, piece)).isEqualTo(piece);
      }
    }
    assertThat(alice.done()).isTrue();
    assertThat(bob.done()).isTrue();
  }

  @Test
  void whatFollowsTheHandshakeIsTheSessions() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, BOB.peerId(), YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    feed(bob, alice.output().take());
    feed(alice, bob.output().take());
    byte[] third = alice.output().take();
    byte[] both = Arrays.copyOf(third, third.length + 100);
    assertThat(feed(bob, both)).isEqualTo(third.length);
    assertThat(bob.done()).isTrue();
    assertThat(feed(bob, new byte[10])).isZero();
  }

  @Test
  void theInitiatorsPreferenceDecides() {
    assertThat(muxer(List.of("/a", "/b"), List.of("/b", "/a"))).isEqualTo("/a");
    assertThat(muxer(List.of("/x", "/b"), List.of("/b", "/a"))).isEqualTo("/b");
    assertThat(muxer(NO_MUXERS, YAMUX)).isEmpty();
    assertThat(muxer(YAMUX, NO_MUXERS)).isEmpty();
  }

  @Test
  void noMuxerInCommonEndsTheHandshake() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, List.of("/a"));
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, List.of("/b"));
    feed(bob, alice.output().take());
    fails(alice, bob.output().take(), Kind.NO_COMMON_MUXER);
  }

  @Test
  void anotherPeerThanTheDialledOneIsRefusedBeforeItLearnsWhoWeAre() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, ALICE.peerId(), YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    feed(bob, alice.output().take());
    fails(alice, bob.output().take(), Kind.WRONG_PEER);
  }

  /// T9: whatever is wrong with the proof, neither side gets a session.
  @Test
  void aForgedProofIsRefusedByBothSides() {
    X25519KeyPair key = CRYPTO.x25519().generate();
    X25519KeyPair other = CRYPTO.x25519().generate();
    byte[] bobs = BOB.publicKey().protobuf().toArray();
    byte[] signed = NoiseIdentity.signedBytes(key.publicKey());
    byte[] proof = BOB.sign(signed);

    forged(key, payload(bobs, new byte[0]), Kind.AUTHENTICATION);
    forged(key, payload(bobs, Peers.random(random, proof.length)), Kind.AUTHENTICATION);
    forged(key, payload(bobs, new byte[64]), Kind.AUTHENTICATION);
    forged(key, payload(bobs, ALICE.sign(signed)), Kind.AUTHENTICATION);
    forged(key, payload(bobs, BOB.sign(key.publicKey())), Kind.AUTHENTICATION);
    byte[] forAnotherKey = BOB.sign(NoiseIdentity.signedBytes(other.publicKey()));
    forged(key, payload(bobs, forAnotherKey), Kind.AUTHENTICATION);
    byte[] alices = ALICE.publicKey().protobuf().toArray();
    forged(key, payload(alices, proof), Kind.AUTHENTICATION);
    forged(key, payload(new byte[0], proof), Kind.MALFORMED);
    forged(key, payload(new byte[1200], proof), Kind.MALFORMED);
    forged(key, new byte[0], Kind.MALFORMED);
    forged(key, new byte[] {10, 127}, Kind.MALFORMED);
    for (int i = 0; i < proof.length; i++) {
      byte[] flipped = proof.clone();
      flipped[i] ^= (byte) (1 << random.nextInt(8));
      forged(key, payload(bobs, flipped), Kind.AUTHENTICATION);
    }
  }

  @Test
  void aThousandMuxersAreRefused() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      many.add("/mux/" + i);
    }
    X25519KeyPair key = CRYPTO.x25519().generate();
    byte[] proof = BOB.sign(NoiseIdentity.signedBytes(key.publicKey()));
    byte[] bobs = BOB.publicKey().protobuf().toArray();
    forged(key, HandshakePayload.encode(bobs, proof, many), Kind.MALFORMED);
    forged(key, HandshakePayload.encode(bobs, proof, List.of("x".repeat(129))), Kind.MALFORMED);
  }

  @Test
  void unknownFieldsAndExtensionsAreSkipped() {
    X25519KeyPair key = CRYPTO.x25519().generate();
    byte[] payload =
        new ProtoWriter()
            .bytes(1, BOB.publicKey().protobuf())
            .bytes(2, BOB.sign(NoiseIdentity.signedBytes(key.publicKey())))
            .bytes(3, new byte[20])
            .message(
                4, x -> x.bytes(1, new byte[34]).utf8(2, "/yamux/1.0.0").bytes(1030, new byte[5]))
            .toByteArray();
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, BOB.peerId(), YAMUX);
    XxPattern bob = new XxPattern(CRYPTO, key);
    byte[] first = alice.output().take();
    bob.readFirst(first, 2, first.length - 2);
    feed(alice, framed(bob.writeSecond(payload)));
    assertThat(alice.session().muxer()).contains("/yamux/1.0.0");
  }

  /// T10: junk, wherever it comes.
  @Test
  void junkIsRefusedAndNothingSentBack() {
    byte[] junk = Peers.random(random, 65_537);
    junk[0] = (byte) 0xff;
    fails(NoiseHandshake.responder(BOBS, YAMUX), junk, Kind.MALFORMED);
    fails(NoiseHandshake.initiator(ALICES, null, YAMUX), junk, Kind.MALFORMED);
    for (int length : new int[] {0, 1, 31}) {
      fails(NoiseHandshake.responder(BOBS, YAMUX), framed(new byte[length]), Kind.MALFORMED);
    }
    for (int length : new int[] {0, 31, 79}) {
      NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
      fails(alice, framed(Peers.random(random, length)), Kind.MALFORMED);
    }
    for (int length : new int[] {80, 96, 300, 8192}) {
      NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
      fails(alice, framed(Peers.random(random, length)), Kind.AUTHENTICATION);
    }
    fails(NoiseHandshake.responder(BOBS, YAMUX), framed(new byte[8193]), Kind.MALFORMED);
  }

  @Test
  void anAllZeroEphemeralKeyIsRefused() {
    fails(NoiseHandshake.responder(BOBS, YAMUX), framed(new byte[32]), Kind.AUTHENTICATION);
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
    fails(alice, framed(new byte[300]), Kind.AUTHENTICATION);
  }

  @Test
  void ourOwnMessageSentBackIsRefused() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
    byte[] first = alice.output().take();
    byte[] reflected = Arrays.copyOf(Arrays.copyOfRange(first, 2, 34), 200);
    fails(alice, framed(reflected), Kind.AUTHENTICATION);
  }

  @Test
  void replayedAndReorderedMessagesAreRefused() {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    byte[] first = alice.output().take();
    feed(bob, first);
    byte[] second = bob.output().take();
    feed(alice, second);
    byte[] third = alice.output().take();

    NoiseHandshake replayed = NoiseHandshake.responder(BOBS, YAMUX);
    feed(replayed, first);
    assertThat(replayed.output().take()).isNotEqualTo(second);
    fails(replayed, third, Kind.AUTHENTICATION);
    NoiseHandshake twice = NoiseHandshake.responder(BOBS, YAMUX);
    feed(twice, first);
    fails(twice, first, Kind.MALFORMED);
    fails(NoiseHandshake.initiator(ALICES, null, YAMUX), second, Kind.AUTHENTICATION);
  }

  @Test
  void everyFlippedBitOfTheHandshakeEndsIt() {
    for (int message = 1; message <= 3; message++) {
      int size = 0;
      for (int at = 2; at == 2 || at < size; at += 1 + at / 40) {
        NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, YAMUX);
        NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
        byte[] first = alice.output().take();
        size = flip(message == 1, first, at, size);
        feed(bob, first);
        byte[] second = bob.output().take();
        if (message == 1) {
          fails(alice, second, Kind.AUTHENTICATION);
          continue;
        }
        size = flip(message == 2, second, at, size);
        if (message == 2) {
          fails(alice, second, Kind.AUTHENTICATION);
          continue;
        }
        feed(alice, second);
        byte[] third = alice.output().take();
        size = flip(true, third, at, size);
        fails(bob, third, Kind.AUTHENTICATION);
      }
    }
  }

  private int flip(boolean now, byte[] message, int at, int size) {
    if (!now) {
      return size;
    }
    // X25519 ignores the highest bit of a key; the running hash does not.
    message[at] ^= (byte) (1 << random.nextInt(8));
    return message.length;
  }

  private static byte[] payload(byte[] identityKey, byte[] signature) {
    return HandshakePayload.encode(identityKey, signature, NO_MUXERS);
  }

  /// The payload as a lying responder sends it and as a lying initiator does.
  private static void forged(X25519KeyPair key, byte[] payload, Kind kind) {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, BOB.peerId(), YAMUX);
    XxPattern responder = new XxPattern(CRYPTO, key);
    byte[] first = alice.output().take();
    responder.readFirst(first, 2, first.length - 2);
    fails(alice, framed(responder.writeSecond(payload)), kind);

    NoiseHandshake bob = NoiseHandshake.responder(BOBS, YAMUX);
    XxPattern initiator = new XxPattern(CRYPTO, key);
    feed(bob, framed(initiator.writeFirst(new byte[0])));
    byte[] second = bob.output().take();
    initiator.readSecond(second, 2, second.length - 2);
    fails(bob, framed(initiator.writeThird(payload)), kind);
  }

  private static void fails(NoiseHandshake handshake, byte[] bytes, Kind kind) {
    assertThatExceptionOfType(NoiseException.class)
        .isThrownBy(() -> feed(handshake, bytes))
        .returns(kind, NoiseException::kind);
    assertThat(handshake.done()).isFalse();
    assertThat(handshake.output().isEmpty()).isTrue();
    assertThatExceptionOfType(NoiseException.class)
        .isThrownBy(() -> feed(handshake, bytes))
        .returns(Kind.CLOSED, NoiseException::kind);
    assertThatIllegalStateException().isThrownBy(handshake::session);
  }

  private static String muxer(List<String> initiators, List<String> responders) {
    NoiseHandshake alice = NoiseHandshake.initiator(ALICES, null, initiators);
    NoiseHandshake bob = NoiseHandshake.responder(BOBS, responders);
    shake(alice, bob);
    assertThat(alice.session().muxer()).isEqualTo(bob.session().muxer());
    return alice.session().muxer().orElse("");
  }
}
