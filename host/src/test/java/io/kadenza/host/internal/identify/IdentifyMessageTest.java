package io.kadenza.host.internal.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PeerRecord;
import io.kadenza.host.Identification;
import io.kadenza.host.internal.negotiate.Negotiation;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.wire.LengthPrefixed;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentifyMessageTest {
  private static final Identity ALICE = Identity.generate(KeyType.ED25519);
  private static final Identity MALLORY = Identity.generate(KeyType.ED25519);
  private static final Multiaddr HERE = Multiaddr.parse("/ip4/127.0.0.1/tcp/4001");
  private static final Multiaddr THERE = Multiaddr.parse("/ip4/192.0.2.1/tcp/1");

  private static final Identification SAID =
      new Identification(
          "before/1", "x/1", List.of("/kad/1"), List.of(HERE), true, Optional.of(HERE));

  private static byte[] message(byte[] envelope) {
    return IdentifyMessage.encode(
        ALICE.publicKey().protobuf().toArray(),
        List.of(HERE),
        List.of("/a/1", "/b/1"),
        THERE,
        "test/1",
        envelope);
  }

  private static byte[] record(Identity signer) {
    return new PeerRecord(signer.peerId(), 1, List.of(THERE)).seal(signer).protobuf().toArray();
  }

  @Test
  void aMessageReadsBackWithTheAddressesOfItsSignedRecord() {
    byte[] framed = LengthPrefixed.frame(message(record(ALICE)));

    Identification read = IdentifyMessage.decode(framed, ALICE.peerId());

    assertThat(read.agent()).isEqualTo("test/1");
    assertThat(read.protocols()).containsExactly("/a/1", "/b/1");
    assertThat(read.observed()).contains(THERE);
    assertThat(read.certified()).isTrue();
    assertThat(read.addresses()).containsExactly(THERE);
  }

  /// A host may serve whatever can be asked for, and is to be understood in all else then.
  @Test
  void aProtocolMayBeNamedAsLongAsItCanBeAskedFor() {
    String longest = "/" + "x".repeat(1_022);
    Negotiation.requireSendable(longest);
    byte[] message =
        IdentifyMessage.encode(
            ALICE.publicKey().protobuf().toArray(),
            List.of(HERE),
            List.of(longest),
            THERE,
            "test/1",
            record(ALICE));

    Identification read = IdentifyMessage.decode(LengthPrefixed.frame(message), ALICE.peerId());

    assertThat(read.protocols()).containsExactly(longest);
  }

  @Test
  void theUnprefixedFormOfPyLibp2pReadsAsWell() {
    Identification read = IdentifyMessage.decode(message(record(ALICE)), ALICE.peerId());

    assertThat(read.agent()).isEqualTo("test/1");
  }

  @Test
  void t23ARecordOfAnotherSubjectIsIgnored() {
    byte[] framed = LengthPrefixed.frame(message(record(MALLORY)));

    Identification read = IdentifyMessage.decode(framed, ALICE.peerId());

    assertThat(read.certified()).isFalse();
    assertThat(read.addresses()).containsExactly(HERE);
  }

  /// A signature takes as long to verify as hundreds of requests to answer, and 80 KiB have room
  /// for five hundred of them.
  @Test
  void t23OfManySignedRecordsTheLastAloneIsOpened() {
    var out = new ProtoWriter();
    for (int i = 0; i < 20; i++) {
      out.bytes(8, record(i < 19 ? MALLORY : ALICE));
    }
    byte[] piece = LengthPrefixed.frame(out.toByteArray());
    byte[] two = Arrays.copyOf(piece, 2 * piece.length);
    System.arraycopy(piece, 0, two, piece.length, piece.length);
    List<byte[]> opened = new ArrayList<>();

    Identification read =
        IdentifyMessage.decode(
            two,
            ALICE.peerId(),
            SAID,
            envelope -> {
              opened.add(envelope);
              return PeerRecord.open(envelope);
            });

    assertThat(read.certified()).isTrue();
    assertThat(opened).hasSize(1);
  }

  private static Identification pushed(ProtoWriter fields) {
    return IdentifyMessage.decodePush(
        LengthPrefixed.frame(fields.toByteArray()), ALICE.peerId(), Optional.of(SAID));
  }

  @Test
  void whatAPushDoesNotTellIsAsBefore() {
    assertThat(pushed(new ProtoWriter().utf8(6, "now/2")))
        .isEqualTo(
            new Identification(
                "now/2", "x/1", List.of("/kad/1"), List.of(HERE), true, Optional.empty()));
  }

  @Test
  void whatAPushTellsReplacesWhatWasSaidBefore() {
    Identification now =
        pushed(new ProtoWriter().bytes(2, THERE.bytes()).utf8(3, "/a/1").utf8(6, ""));

    assertThat(now.agent()).isEmpty();
    assertThat(now.protocols()).containsExactly("/a/1");
    assertThat(now.addresses()).containsExactly(THERE);
    assertThat(now.certified()).isFalse();
  }

  @Test
  void aPushOfTheFirstWordsIsReadAsTheyAre() {
    byte[] framed = LengthPrefixed.frame(message(record(ALICE)));

    assertThat(IdentifyMessage.decodePush(framed, ALICE.peerId(), Optional.empty()))
        .isEqualTo(IdentifyMessage.decode(framed, ALICE.peerId()));
  }

  @Test
  void t21ElevenPiecesAreTooMany() {
    byte[] piece = LengthPrefixed.frame(new ProtoWriter().utf8(3, "/p").toByteArray());
    byte[] eleven = new byte[piece.length * 11];
    for (int i = 0; i < 11; i++) {
      System.arraycopy(piece, 0, eleven, i * piece.length, piece.length);
    }

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> IdentifyMessage.decode(eleven, ALICE.peerId()));
  }

  @Test
  void t21ProtocolsAndAddressesBeyondTheBoundsAreDropped() {
    var out = new ProtoWriter();
    for (int i = 0; i < 200; i++) {
      out.bytes(2, Multiaddr.parse("/ip4/127.0.0.1/tcp/" + (i + 1)).bytes());
    }
    for (int i = 0; i < 600; i++) {
      out.utf8(3, "/" + i);
    }

    Identification read =
        IdentifyMessage.decode(LengthPrefixed.frame(out.toByteArray()), ALICE.peerId());

    assertThat(read.addresses()).hasSize(64);
    assertThat(read.protocols()).hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  void anAddressOfAnUnknownKindIsPassedOver() {
    byte[] body =
        new ProtoWriter()
            .bytes(2, new byte[] {(byte) 0xff, 0x7f, 1})
            .bytes(2, HERE.bytes())
            .toByteArray();

    assertThat(IdentifyMessage.decode(LengthPrefixed.frame(body), ALICE.peerId()).addresses())
        .containsExactly(HERE);
  }

  @FuzzTest(maxDuration = "30s")
  void anyBytesReadOrAreMalformed(byte[] data) {
    try {
      IdentifyMessage.decode(data, ALICE.peerId());
      IdentifyMessage.decodePush(data, ALICE.peerId(), Optional.of(SAID));
    } catch (MalformedException expected) {
      // The one typed error of all parsers.
    }
  }
}
