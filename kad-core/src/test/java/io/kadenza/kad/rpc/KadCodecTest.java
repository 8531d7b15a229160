package io.kadenza.kad.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages and their bytes, those of other implementations included.
class KadCodecTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void requestsSurviveTheWire() {
    PeerInfo peer = Peers.info(random);
    List<KadRequest> requests =
        List.of(
            new KadRequest.FindNode(KEY),
            new KadRequest.GetValue(KEY),
            new KadRequest.PutValue(new Record(KEY, Bytes.utf8("value"))),
            new KadRequest.GetProviders(KEY),
            new KadRequest.AddProvider(KEY, peer),
            new KadRequest.Ping());
    for (KadRequest request : requests) {
      assertThat(KadCodec.decodeRequest(KadCodec.encodeRequest(request))).isEqualTo(request);
    }
  }

  @Test
  void responsesSurviveTheWire() {
    List<Contact> closer = Peers.contacts(20, random);
    var record = new Record(KEY, Bytes.utf8("value"), Optional.of(Instant.ofEpochSecond(1, 5)));
    PeerInfo peer = Peers.info(random);
    check(new KadRequest.FindNode(KEY), new KadResponse.Closer(closer));
    check(new KadRequest.GetValue(KEY), new KadResponse.Value(KEY, Optional.of(record), closer));
    check(new KadRequest.GetValue(KEY), new KadResponse.Value(KEY, Optional.empty(), List.of()));
    check(
        new KadRequest.GetProviders(KEY),
        new KadResponse.Providers(KEY, List.of(peer, Peers.info(random)), closer));
    check(new KadRequest.PutValue(record), new KadResponse.Stored(KEY, Optional.of(record)));
    check(new KadRequest.AddProvider(KEY, peer), new KadResponse.ProviderAdded(KEY));
    check(new KadRequest.Ping(), new KadResponse.Pong());
  }

  private static void check(KadRequest request, KadResponse response) {
    KadResponse read = KadCodec.decodeResponse(request, KadCodec.encodeResponse(response));
    assertThat(read).isEqualTo(response);
    assertThat(read.closer())
        .extracting(Contact::info)
        .isEqualTo(response.closer().stream().map(Contact::info).toList());
  }

  @Test
  void theFieldsAreThoseOfTheSpec() {
    var put = new KadRequest.PutValue(new Record(KEY, Bytes.utf8("v")));
    assertThat(Bytes.wrap(KadCodec.encodeRequest(put)).toHex())
        .isEqualTo("12036b65791a080a036b6579120176");
    var find = new KadRequest.FindNode(KEY);
    assertThat(Bytes.wrap(KadCodec.encodeRequest(find)).toHex()).isEqualTo("080412036b6579");
    Contact peer = Peers.contact(random);
    Bytes id = peer.id().bytes();
    Bytes address = peer.info().addresses().getFirst().bytes();
    assertThat(Bytes.wrap(KadCodec.encodeCloser(List.of(peer))).toHex())
        .isEqualTo(
            "080442"
                + hex(id.size() + address.size() + 4)
                + "0a"
                + hex(id.size())
                + id.toHex()
                + "12"
                + hex(address.size())
                + address.toHex());
  }

  private static String hex(int value) {
    return "%02x".formatted(value);
  }

  @Test
  void rule12AnyConnectionValueIsTolerated() {
    Contact peer = Peers.contact(random);
    for (long connection : new long[] {0, 3, 4, 17, -1}) {
      var in = new ProtoWriter().bytes(1, peer.id().bytes()).varint(3, connection);
      byte[] body = new ProtoWriter().varint(1, 4).message(8, in).toByteArray();
      assertThat(KadCodec.decodeResponse(new KadRequest.FindNode(KEY), body).closer())
          .containsExactly(peer);
    }
  }

  @Test
  void rule12NoPeerWeSendHasAnUnknownConnectionValue() {
    var in = new ProtoReader(Peers.contact(random).wire());
    while (in.next()) {
      assertThat(in.field()).isIn(1, 2);
    }
  }

  @Test
  void rule13AddressesMayNameThePeerItselfButNoOther() {
    PeerInfo peer = Peers.info(random);
    Multiaddr plain = Peers.address(random);
    Multiaddr own = Peers.address(random).withPeer(peer.id());
    Multiaddr foreign = Peers.address(random).withPeer(Peers.id(random));
    var in =
        new ProtoWriter()
            .bytes(1, peer.id().bytes())
            .bytes(2, plain.bytes())
            .bytes(2, own.bytes())
            .bytes(2, foreign.bytes())
            .bytes(2, Bytes.fromHex("ffff01"));
    byte[] body = new ProtoWriter().varint(1, 4).message(8, in).toByteArray();
    Contact read = KadCodec.decodeResponse(new KadRequest.FindNode(KEY), body).closer().getFirst();
    assertThat(read.info().addresses()).containsExactly(plain, own.withoutPeer());
    assertThat(Contact.of(new PeerInfo(peer.id(), List.of(own))).wire())
        .isEqualTo(Contact.of(new PeerInfo(peer.id(), List.of(own.withoutPeer()))).wire());
  }

  @Test
  void aPeerWithoutAValidIdDoesNotSpoilTheOthers() {
    Contact peer = Peers.contact(random);
    byte[] body =
        new ProtoWriter()
            .varint(1, 4)
            .bytes(8, new byte[] {1, 2, 3})
            .bytes(8, new ProtoWriter().bytes(1, new byte[] {0x12, 0x20, 1}).toByteArray())
            .bytes(8, peer.wire())
            .toByteArray();
    assertThat(KadCodec.decodeResponse(new KadRequest.FindNode(KEY), body).closer())
        .containsExactly(peer);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-02T17:04:05.999999999Z, 2026-08-02T17:04:05.999999999Z",
    "2026-08-02T17:04:05Z, 2026-08-02T17:04:05Z",
    "2026-08-02T19:04:05.123+02:00, 2026-08-02T17:04:05.123Z",
    "1700000000.25, 2023-11-14T22:13:20.250Z",
    "'', ''",
    "yesterday, ''",
    "NaN, ''",
    "-1, ''",
    "1e300, ''",
  })
  void rule14TheTimeReceivedIsReadLeniently(String text, String expected) {
    var record =
        new ProtoWriter().bytes(1, KEY).bytes(2, Bytes.utf8("v")).bytes(5, Bytes.utf8(text));
    byte[] body = new ProtoWriter().varint(1, 1).message(3, record).toByteArray();
    var value = (KadResponse.Value) KadCodec.decodeResponse(new KadRequest.GetValue(KEY), body);
    assertThat(value.record().orElseThrow().received().map(Instant::toString).orElse(""))
        .isEqualTo(expected);
  }

  @Test
  void rule15ExtraFieldsOfOthersAreTolerated() {
    var record =
        new ProtoWriter()
            .bytes(1, KEY)
            .bytes(2, Bytes.utf8("v"))
            .bytes(3, Bytes.utf8("author"))
            .bytes(4, Bytes.utf8("signature"))
            .bytes(666, Bytes.utf8("publisher"))
            .varint(777, 3600);
    byte[] body =
        new ProtoWriter()
            .varint(1, 0)
            .varint(10, 9)
            .bytes(2, KEY)
            .message(3, record)
            .bytes(11, Bytes.utf8("not an envelope"))
            .toByteArray();
    assertThat(KadCodec.decodeRequest(body))
        .isEqualTo(new KadRequest.PutValue(new Record(KEY, Bytes.utf8("v"))));
  }

  @Test
  void rule15AnEmptyFrameIsAPutValueWithoutARecordAndRefused() {
    assertThatThrownBy(() -> KadCodec.decodeRequest(new byte[0]))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("PUT_VALUE without a record");
  }

  @Test
  void rule05ARequestWithTheSendersRecordWantsAnAck() {
    Contact peer = Peers.contact(random);
    var plain = new ProtoWriter().varint(1, 2).bytes(2, KEY).bytes(9, peer.wire());
    assertThat(KadCodec.decodeRequest(plain.toByteArray()))
        .isEqualTo(new KadRequest.AddProvider(KEY, List.of(peer.info()), false));
    assertThat(KadCodec.decodeRequest(plain.bytes(11, new byte[3]).toByteArray()))
        .isEqualTo(new KadRequest.AddProvider(KEY, List.of(peer.info()), true));
  }

  @Test
  void rule05AProviderWhoseAddressesNameItWantsAnAckToo() {
    PeerInfo peer = Peers.info(random);
    Multiaddr plain = Peers.address(random);
    Multiaddr relayed = plain.withPeer(Peers.id(random));
    assertThat(wantsAck(peer, plain, plain.withPeer(peer.id()))).isTrue();
    assertThat(wantsAck(peer, plain, relayed)).isFalse();
    assertThat(wantsAck(peer)).isFalse();
  }

  private static boolean wantsAck(PeerInfo peer, Multiaddr... addresses) {
    var provider = new ProtoWriter().bytes(1, peer.id().bytes());
    for (Multiaddr address : addresses) {
      provider.bytes(2, address.bytes());
    }
    byte[] body = new ProtoWriter().varint(1, 2).bytes(2, KEY).message(9, provider).toByteArray();
    return ((KadRequest.AddProvider) KadCodec.decodeRequest(body)).wantsAck();
  }

  @Test
  void t33AnAnswerOfAnotherTypeOrAboutAnotherKeyIsMalformed() {
    var find = new KadRequest.FindNode(KEY);
    byte[] ping = KadCodec.encodeResponse(new KadResponse.Pong());
    assertThatThrownBy(() -> KadCodec.decodeResponse(find, ping))
        .isInstanceOf(MalformedException.class);
    byte[] other = new ProtoWriter().varint(1, 4).bytes(2, Bytes.utf8("other")).toByteArray();
    assertThatThrownBy(() -> KadCodec.decodeResponse(find, other))
        .isInstanceOf(MalformedException.class);
    var foreign = new Record(Bytes.utf8("other"), Bytes.utf8("v"));
    byte[] value =
        KadCodec.encodeResponse(new KadResponse.Value(KEY, Optional.of(foreign), List.of()));
    assertThatThrownBy(() -> KadCodec.decodeResponse(new KadRequest.GetValue(KEY), value))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void rule08AnAnswerMayEchoTheKeyOrNot() {
    var find = new KadRequest.FindNode(KEY);
    Contact peer = Peers.contact(random);
    byte[] echoing =
        new ProtoWriter().varint(1, 4).bytes(2, KEY).bytes(8, peer.wire()).toByteArray();
    assertThat(KadCodec.decodeResponse(find, echoing).closer()).containsExactly(peer);
  }

  @Test
  void anUnknownTypeIsMalformed() {
    byte[] body = new ProtoWriter().varint(1, 6).bytes(2, KEY).toByteArray();
    assertThatThrownBy(() -> KadCodec.decodeRequest(body)).isInstanceOf(MalformedException.class);
  }
}
