package io.kadenza.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerRecordTest {
  private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.7/tcp/4001");

  private final Identity alice = Identity.of(KeyVectors.of(KeyType.ED25519).parsePrivate());
  private final Identity mallory = Identity.generate(KeyType.ED25519);

  @ParameterizedTest
  @MethodSource("io.kadenza.crypto.KeyVectors#all")
  void whatIsSealedIsOpened(KeyVectors vector) {
    Identity signer = Identity.of(vector.parsePrivate());
    var record =
        new PeerRecord(
            signer.peerId(),
            1_790_000_000_123_456_789L,
            List.of(ADDRESS, Multiaddr.parse("/ip6/2001:db8::7/udp/4001/quic-v1")));

    assertThat(PeerRecord.open(record.seal(signer).protobuf().toArray())).isEqualTo(record);
  }

  @Test
  void writesTheFieldsAsRfc0003() {
    SignedEnvelope sealed = new PeerRecord(alice.peerId(), 300, List.of(ADDRESS)).seal(alice);

    assertThat(sealed.payloadType().toHex()).isEqualTo("0301");
    assertThat(sealed.payload().toHex())
        .isEqualTo(
            "0a26"
                + alice.peerId().bytes().toHex()
                + "10ac02"
                + "1a0a0a08"
                + "04c00002070"
                + "60fa1");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -2})
  void numbersAreUnsigned(long seq) {
    var record = new PeerRecord(alice.peerId(), seq, List.of(ADDRESS));

    assertThat(PeerRecord.open(record.seal(alice).protobuf().toArray()).seq()).isEqualTo(seq);
  }

  @Test
  void refusesTheLastNumberAfterWhichNoneCouldFollow() {
    byte[] sealed = record(-1).seal(alice).protobuf().toArray();

    Refused.by(() -> PeerRecord.open(sealed)).withMessageContaining("none could follow");
  }

  @Test
  void refusesARecordAboutAnotherPeerThanItsSigner() {
    Bytes aboutAlice = record(7).seal(alice).payload();
    byte[] forged = sealedBy(mallory, aboutAlice);

    Refused.by(() -> PeerRecord.open(forged)).withMessageContaining("about another peer");
    Refused.by(() -> PeerRecord.open(sealedBy(alice, Bytes.EMPTY)));
    assertThatIllegalArgumentException().isThrownBy(() -> record(7).seal(mallory));
  }

  @Test
  void refusesTheSamePeerUnderAnotherHash() {
    // A key that fits into an id must be in it, not hashed: "keys that serialize to at most 42
    // bytes
    // must be hashed using the identity multihash".
    Bytes key = alice.publicKey().protobuf();
    PeerId hashed =
        PeerId.of(io.kadenza.multiformats.Multihash.sha256(key.toArray()).bytes().toArray());
    byte[] sealed = sealedBy(alice, new ProtoWriter().bytes(1, hashed.bytes()).toBytes());

    Refused.by(() -> PeerRecord.open(sealed));
  }

  @Test
  void refusesAnEnvelopeOfAnotherTypeOrDomain() {
    Bytes payload = record(7).seal(alice).payload();
    byte[] type =
        SignedEnvelope.seal(PeerRecord.DOMAIN, Bytes.fromHex("0302"), payload, alice)
            .protobuf()
            .toArray();
    byte[] domain =
        SignedEnvelope.seal("libp2p-routing-state", PeerRecord.PAYLOAD_TYPE, payload, alice)
            .protobuf()
            .toArray();

    Refused.by(() -> PeerRecord.open(type)).withMessageContaining("something else");
    Refused.by(() -> PeerRecord.open(domain)).withMessageContaining("does not fit");
  }

  @Test
  void leavesOutAddressesThatDoNotParse() {
    Bytes payload =
        new ProtoWriter()
            .bytes(1, alice.peerId().bytes())
            .varint(2, 7)
            .message(3, a -> a.bytes(1, HexFormat.of().parseHex("ffff7f00")))
            .message(3, a -> {})
            .message(3, a -> a.bytes(1, ADDRESS.bytes()).varint(9, 1))
            .utf8(8, "a field of the future")
            .toBytes();

    assertThat(PeerRecord.open(sealedBy(alice, payload)))
        .isEqualTo(new PeerRecord(alice.peerId(), 7, List.of(ADDRESS)));
  }

  @Test
  void keepsTheFirstAddressesOfTooMany() {
    var out = new ProtoWriter().bytes(1, alice.peerId().bytes()).varint(2, 7);
    for (int port = 1; port <= 1000; port++) {
      Multiaddr address = Multiaddr.parse("/ip4/192.0.2.7/tcp/" + port);
      out.message(3, a -> a.bytes(1, address.bytes()));
    }

    PeerRecord opened = PeerRecord.open(sealedBy(alice, out.toBytes()));

    assertThat(opened.addresses()).hasSize(PeerRecord.MAX_ADDRESSES);
    assertThat(opened.addresses().getLast()).hasToString("/ip4/192.0.2.7/tcp/64");
  }

  @Test
  void isImmutableAndBounded() {
    List<Multiaddr> addresses = new ArrayList<>(List.of(ADDRESS));
    var record = new PeerRecord(alice.peerId(), 1, addresses);
    addresses.clear();

    assertThat(record.addresses()).containsExactly(ADDRESS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PeerRecord(alice.peerId(), 1, Collections.nCopies(65, ADDRESS)));
  }

  private PeerRecord record(long seq) {
    return new PeerRecord(alice.peerId(), seq, List.of(ADDRESS));
  }

  private static byte[] sealedBy(Identity signer, Bytes payload) {
    return SignedEnvelope.seal(PeerRecord.DOMAIN, PeerRecord.PAYLOAD_TYPE, payload, signer)
        .protobuf()
        .toArray();
  }
}
