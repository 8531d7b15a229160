package io.kadenza.host.internal.noise;

import static io.kadenza.host.internal.noise.Peers.CRYPTO;
import static io.kadenza.host.internal.noise.Peers.framed;
import static io.kadenza.host.internal.noise.Peers.open;
import static io.kadenza.host.internal.noise.Peers.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.noise.NoiseException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseSessionTest {

  private static final byte[] KEY = new byte[32];

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsSealedIsOpenedThroughAnyChunking(long seed) {
    Random random = new Random(seed);
    NoiseSession[] peers = Peers.connected();
    for (int direction = 0; direction < 2; direction++) {
      OutBuffer plain = new OutBuffer();
      OutBuffer cipher = new OutBuffer();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      for (int i = 0; i < 30; i++) {
        byte[] some = Peers.random(random, random.nextInt(random.nextBoolean() ? 100 : 150_000));
        sent.writeBytes(some);
        plain.put(some, 0, some.length);
        peers[direction].seal(plain, cipher);
        assertThat(plain.isEmpty()).isTrue();
        byte[] wire = cipher.take();
        for (int at = 0; at < wire.length; ) {
          int piece = Math.min(wire.length - at, 1 + random.nextInt(100_000));
          peers[1 - direction].receive(wire, at, piece, received::write);
          at += piece;
        }
      }
      assertThat(received.toByteArray()).isEqualTo(sent.toByteArray());
    }
  }

  @Test
  void everythingGoesIntoAsFewFramesAsPossible() {
    NoiseSession[] peers = Peers.connected();
    assertThat(seal(peers[0], new byte[0])).isEmpty();
    assertThat(seal(peers[0], new byte[1])).hasSize(1 + 18);
    assertThat(seal(peers[0], new byte[65_519])).hasSize(65_519 + 18).startsWith(0xff, 0xff);
    assertThat(seal(peers[0], new byte[65_520])).hasSize(65_520 + 2 * 18);
  }

  @Test
  void anEmptyFrameIsPassedOver() {
    NoiseSession[] peers = pair();
    byte[] empty = new byte[16];
    sender(0).seal(new byte[0], empty, 0, 0, empty, 0);
    assertThat(open(peers[1], framed(empty))).isEmpty();
  }

  /// T11: the frames before the flipped bit arrive, nothing after it does, and the session is over.
  @Test
  void aFlippedBitInAnyByteEndsTheSession() {
    byte[] plain = Peers.random(new Random(3), 600);
    NoiseSession sender = pair()[0];
    byte[] wire = concat(seal(sender, Arrays.copyOf(plain, 300)), seal(sender, tail(plain, 300)));
    for (int at = 0; at < wire.length; at++) {
      flipped(wire, at, at % 8, plain, 300 + 18);
    }
  }

  @Test
  void aFlippedBitAnywhereInAMegabyteEndsTheSession() {
    Random random = new Random(4);
    byte[] plain = Peers.random(random, 1 << 20);
    byte[] wire = seal(pair()[0], plain);
    for (int i = 0; i < 25; i++) {
      flipped(wire, random.nextInt(wire.length), random.nextInt(8), plain, 65_537);
    }
  }

  @Test
  void aBadFrameDoesNotAdvanceTheNonce() {
    CipherState receiving = sender(0);
    NoiseSession session = session(sender(0), receiving);
    byte[] wire = seal(pair()[0], new byte[100]);
    wire[50] ^= 1;
    refused(session, wire, Kind.AUTHENTICATION);
    assertThat(receiving.nonce()).isZero();
    refused(session, wire, Kind.CLOSED);
    assertThatExceptionOfType(NoiseException.class).isThrownBy(() -> seal(session, new byte[1]));
  }

  @Test
  void aReplayedFrameIsRefused() {
    NoiseSession[] peers = Peers.connected();
    byte[] wire = seal(peers[0], new byte[100]);
    open(peers[1], wire);
    refused(peers[1], wire, Kind.AUTHENTICATION);
  }

  @Test
  void aReflectedFrameIsRefused() {
    NoiseSession[] peers = Peers.connected();
    refused(peers[0], seal(peers[0], new byte[100]), Kind.AUTHENTICATION);
  }

  /// T10: a fourth handshake message is a frame that does not authenticate.
  @Test
  void anExtraHandshakeMessageIsRefused() {
    NoiseSession[] peers = Peers.connected();
    refused(peers[1], framed(Peers.random(new Random(5), 200)), Kind.AUTHENTICATION);
  }

  @Test
  void aFrameWithoutRoomForItsTagIsRefused() {
    for (int length : new int[] {0, 1, 15}) {
      refused(Peers.connected()[0], framed(new byte[length]), Kind.MALFORMED);
    }
  }

  @Test
  void theSessionEndsBeforeANonceComesTwice() {
    NoiseSession last = session(sender(-2), sender(-2));
    byte[] wire = seal(last, new byte[5]);
    assertThatExceptionOfType(NoiseException.class)
        .isThrownBy(() -> seal(last, new byte[5]))
        .returns(Kind.EXHAUSTED, NoiseException::kind);
    NoiseSession receiver = session(sender(-2), sender(-2));
    assertThat(open(receiver, wire)).hasSize(5);
    refused(receiver, wire, Kind.EXHAUSTED);
  }

  /// T4: an announced length costs nothing until its bytes come.
  @Test
  void aFrameIsGatheredInWhatItsBytesNeed() {
    NoiseFrames frames = new NoiseFrames();
    byte[] wire = new byte[2 + 65_535];
    wire[0] = (byte) 0xff;
    wire[1] = (byte) 0xff;
    for (int at = 0; at < wire.length; at++) {
      assertThat(frames.read(wire, at, 1)).isEqualTo(1);
      assertThat(frames.held()).isLessThanOrEqualTo(256 + 2 * at);
    }
    assertThat(frames.ready()).isTrue();
    assertThat(frames.length()).isEqualTo(65_535);
    frames.release();
    assertThat(frames.held()).isZero();
  }

  @Test
  void aWholeFrameIsNotCopied() {
    NoiseFrames frames = new NoiseFrames();
    byte[] wire = framed(new byte[100]);
    assertThat(frames.read(wire, 0, wire.length)).isEqualTo(102);
    assertThat(frames.array()).isSameAs(wire);
    assertThat(frames.offset()).isEqualTo(2);
    assertThat(frames.held()).isZero();
  }

  private static void flipped(byte[] wire, int at, int bit, byte[] plain, int frame) {
    byte[] bad = wire.clone();
    bad[at] ^= (byte) (1 << bit);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    NoiseSession receiver = pair()[1];
    boolean refused = false;
    try {
      receiver.receive(bad, 0, bad.length, received::write);
    } catch (NoiseException _) {
      refused = true;
    }
    int whole = at / frame;
    int before = whole * (frame - 18);
    assertThat(received.toByteArray()).isEqualTo(Arrays.copyOf(plain, before));
    // A longer length may wait for bytes that never come.
    assertThat(refused || at % frame < 2).isTrue();
  }

  private static void refused(NoiseSession session, byte[] wire, Kind kind) {
    assertThatExceptionOfType(NoiseException.class)
        .isThrownBy(() -> open(session, wire))
        .returns(kind, NoiseException::kind);
  }

  /// Two ends that share one key, for tests that need many of them.
  private static NoiseSession[] pair() {
    return new NoiseSession[] {session(sender(0), sender(0)), session(sender(0), sender(0))};
  }

  private static NoiseSession session(CipherState sending, CipherState receiving) {
    return new NoiseSession(sending, receiving, Peers.BOB.publicKey(), Optional.empty());
  }

  private static CipherState sender(long nonce) {
    return new CipherState(CRYPTO.aead(KEY), nonce);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }
}
