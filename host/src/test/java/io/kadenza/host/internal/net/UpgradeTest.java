package io.kadenza.host.internal.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PublicKey;
import io.kadenza.crypto.primitive.CryptoSuite;
import io.kadenza.host.Direction;
import io.kadenza.host.internal.bytes.OutBuffer;
import io.kadenza.host.internal.negotiate.Negotiation;
import io.kadenza.host.internal.noise.NoiseException;
import io.kadenza.host.internal.noise.NoiseHandshake;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.multiformats.PeerId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpgradeTest {
  private static final Identity ALICE = Identity.generate(KeyType.ED25519);
  private static final Identity BOB = Identity.generate(KeyType.ED25519);
  private static final NoiseIdentity ALICES = NoiseIdentity.create(ALICE, CryptoSuite.best());
  private static final NoiseIdentity BOBS = NoiseIdentity.create(BOB, CryptoSuite.best());

  /// One end of a connection, and what it was told.
  private static final class End implements Upgrade.Listener {
    private final Upgrade upgrade;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private @Nullable PublicKey peer;
    private final List<String> refusals = new ArrayList<>();

    End(Direction direction, NoiseIdentity identity, @Nullable PeerId expected) {
      upgrade = new Upgrade(direction, this);
      upgrade.begin(identity, expected);
    }

    @Override
    public void upgraded(PublicKey key) {
      assertThat(peer).isNull();
      peer = key;
    }

    @Override
    public void refused(String why) {
      refusals.add(why);
    }

    @Override
    public void plaintext(byte[] buf, int off, int len) {
      heard.write(buf, off, len);
    }

    byte[] said() {
      var out = new OutBuffer();
      upgrade.drainTo(out);
      return out.take();
    }

    byte[] sealed(String text) {
      var plain = new OutBuffer();
      plain.put(text.getBytes(UTF_8), 0, text.length());
      var out = new OutBuffer();
      upgrade.drainTo(out);
      upgrade.seal(plain, out);
      return out.take();
    }

    /// Takes bytes in pieces.
    void hear(byte[] bytes, int piece) {
      for (int at = 0; at < bytes.length; at += piece) {
        upgrade.receive(bytes, at, Math.min(piece, bytes.length - at));
      }
    }
  }

  private final End alice = new End(Direction.OUTBOUND, ALICES, BOB.peerId());
  private final End bob = new End(Direction.INBOUND, BOBS, null);

  private void upgrade(int piece) {
    bob.hear(alice.said(), piece);
    alice.hear(bob.said(), piece);
    bob.hear(alice.said(), piece);
  }

  @Test
  void twoEndsAgreeInThreeFlightsHoweverTheBytesArrive() {
    for (int piece : new int[] {1, 7, 10_000}) {
      var test = new UpgradeTest();
      test.upgrade(piece);
      assertThat(test.alice.peer).isEqualTo(BOB.publicKey());
      assertThat(test.bob.peer).isEqualTo(ALICE.publicKey());
      test.bob.hear(test.alice.sealed("to bob"), piece);
      test.alice.hear(test.bob.sealed("to alice"), piece);
      assertThat(test.bob.heard).asString().isEqualTo("to bob");
      assertThat(test.alice.heard).asString().isEqualTo("to alice");
    }
  }

  @Test
  void theLastWordsOfTheHandshakeLeaveBeforeWhatIsSealedBehindThem() {
    bob.hear(alice.said(), 10_000);
    alice.hear(bob.said(), 10_000);
    bob.hear(alice.sealed("at once"), 10_000);
    assertThat(bob.peer).isEqualTo(ALICE.publicKey());
    assertThat(bob.heard).asString().isEqualTo("at once");
  }

  /// A peer that names no muxer in its handshake.
  @Test
  void theMuxerIsNegotiatedWhereTheHandshakeHasBroughtNone() {
    var security = Negotiation.dialer(List.of("/noise"));
    var handshake = NoiseHandshake.initiator(ALICES, null, List.of());
    bob.hear(security.output().take(), 10_000);
    bob.hear(handshake.output().take(), 10_000);
    byte[] answer = bob.said();
    int at = security.receive(answer, 0, answer.length);
    handshake.receive(answer, at, answer.length - at);
    bob.hear(handshake.output().take(), 10_000);
    assertThat(bob.peer).isNull();

    var muxer = Negotiation.dialer(List.of("/yamux/1.0.0"));
    var plain = new OutBuffer();
    muxer.output().drainTo(plain);
    plain.put("yamux".getBytes(UTF_8), 0, 5);
    var out = new OutBuffer();
    handshake.session().seal(plain, out);
    bob.hear(out.take(), 10_000);
    assertThat(bob.peer).isEqualTo(ALICE.publicKey());
    assertThat(bob.heard).asString().isEqualTo("yamux");

    byte[] confirmed = bob.sealed("more");
    var heard = new ByteArrayOutputStream();
    handshake
        .session()
        .receive(
            confirmed,
            0,
            confirmed.length,
            (buf, off, len) -> {
              int words = muxer.receive(buf, off, len);
              heard.write(buf, off + words, len - words);
            });
    assertThat(muxer.state()).isEqualTo(Negotiation.State.AGREED);
    assertThat(heard).asString().isEqualTo("more");
  }

  @Test
  void aPeerThatDoesNotBeginAsLibp2pDoesIsRefusedOnce() {
    bob.hear("GET / HTTP/1.1\r\n".repeat(10).getBytes(UTF_8), 1);
    assertThat(bob.refusals).hasSize(1);
    assertThat(bob.refusals.getFirst()).startsWith("no common protocol: ");
    assertThat(bob.said()).isEmpty();
    assertThat(bob.peer).isNull();
  }

  @Test
  void anotherPeerThanTheOneThatWasDialledIsFoundOut() {
    var caller = new End(Direction.OUTBOUND, ALICES, ALICE.peerId());
    bob.hear(caller.said(), 10_000);
    byte[] answer = bob.said();
    assertThatExceptionOfType(NoiseException.class).isThrownBy(() -> caller.hear(answer, 10_000));
    assertThat(caller.said()).isEmpty();
    assertThat(caller.peer).isNull();
  }

  @Test
  void whatComesAfterTheEndIsNotLookedAt() {
    upgrade(10_000);
    byte[] late = alice.sealed("late");
    bob.upgrade.end();
    bob.hear(late, 10_000);
    assertThat(bob.heard).asString().isEmpty();
    assertThat(bob.upgrade.held()).isZero();
  }

  @FuzzTest
  void aListenerTakesWhateverComes(byte[] bytes) {
    try {
      bob.hear(bytes, 10_000);
    } catch (NoiseException e) {
      // Refused.
    }
    assertThat(bob.peer).isNull();
  }
}
