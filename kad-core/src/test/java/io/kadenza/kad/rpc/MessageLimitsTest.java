package io.kadenza.kad.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.PeerWire;
import io.kadenza.kad.lookup.LookupConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much a message may hold: what is left out when it is written, and what is not read.
class MessageLimitsTest {
  private static final Bytes KEY = Bytes.utf8("key");

  private final SplittableRandom random = new SplittableRandom(3);

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 60})
  void rule02RepliesStayBelowSixteenKibibytes(int addresses) {
    List<Contact> closer = crowded(20, addresses);
    List<PeerInfo> providers = crowded(100, addresses).stream().map(Contact::info).toList();
    byte[] body = KadCodec.encodeResponse(new KadResponse.Providers(KEY, providers, closer));
    assertThat(body.length).isLessThanOrEqualTo(KadCodec.MAX_REPLY_BYTES);
    KadResponse read = KadCodec.decodeResponse(new KadRequest.GetProviders(KEY), body);
    // Addresses go first, then providers; the closer peers are all there, each with at least one.
    assertThat(read.closer()).isEqualTo(closer);
    assertThat(read.closer()).allMatch(Contact::hasAddresses);
    assertThat(((KadResponse.Providers) read).providers()).isNotEmpty();
    assertThat(KadCodec.encodeCloser(closer).length).isLessThanOrEqualTo(KadCodec.MAX_REPLY_BYTES);
  }

  @Test
  void rule02NoMoreIsLeftOutThanMustBe() {
    List<PeerInfo> few = crowded(5, 30).stream().map(Contact::info).toList();
    assertThat(readBack(few).providers()).isEqualTo(few);

    List<PeerInfo> verbose = crowded(40, 60).stream().map(Contact::info).toList();
    assertThat(readBack(verbose).providers())
        .hasSize(40)
        .extracting(provider -> provider.addresses().size())
        .containsOnly(8);

    List<PeerInfo> many = crowded(1_000, 1).stream().map(Contact::info).toList();
    List<PeerInfo> left = readBack(many).providers();
    assertThat(left).isEqualTo(many.subList(0, left.size()));
    int each = PeerWire.encode(many.getFirst(), 1).length + 2;
    assertThat(left.size() * each).isBetween(KadCodec.MAX_REPLY_BYTES - 4 * each, 16 << 10);
  }

  private static KadResponse.Providers readBack(List<PeerInfo> providers) {
    byte[] body = KadCodec.encodeResponse(new KadResponse.Providers(KEY, providers, List.of()));
    return (KadResponse.Providers) KadCodec.decodeResponse(new KadRequest.GetProviders(KEY), body);
  }

  @Test
  void rule02CloserPeersAreLeftOutLast() {
    var record = new Record(KEY, Bytes.wrap(new byte[(16 << 10) - 300]));
    List<Contact> closer = Peers.contacts(20, random);
    byte[] body = KadCodec.encodeResponse(new KadResponse.Value(KEY, Optional.of(record), closer));
    KadResponse read = KadCodec.decodeResponse(new KadRequest.GetValue(KEY), body);
    assertThat(body.length).isLessThanOrEqualTo(KadCodec.MAX_REPLY_BYTES);
    assertThat(read.closer())
        .hasSizeBetween(3, 6)
        .isEqualTo(closer.subList(0, read.closer().size()));
  }

  @Test
  void rule02AValueIsNeverCut() {
    var record = new Record(KEY, Bytes.wrap(new byte[15 << 10]));
    byte[] body =
        KadCodec.encodeResponse(new KadResponse.Value(KEY, Optional.of(record), crowded(20, 30)));
    var read = (KadResponse.Value) KadCodec.decodeResponse(new KadRequest.GetValue(KEY), body);
    assertThat(read.record()).contains(record);
    assertThat(read.closer()).isNotEmpty();
    assertThat(body.length).isLessThanOrEqualTo(KadCodec.MAX_REPLY_BYTES);
  }

  @Test
  void rule02MoreThanFourMebibytesAreRefused() {
    byte[] big = new byte[KadCodec.MAX_MESSAGE_BYTES + 1];
    assertThatThrownBy(() -> KadCodec.decodeRequest(big)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> KadCodec.decodeResponse(new KadRequest.Ping(), big))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void rule02OneAnswerMayHaveFourMebibytes() {
    var record = new Record(KEY, Bytes.wrap(new byte[(4 << 20) - 100]));
    byte[] body = KadCodec.encodeRequest(new KadRequest.PutValue(record));
    assertThat(KadCodec.decodeRequest(body)).isEqualTo(new KadRequest.PutValue(record));
    byte[] find = new ProtoWriter().varint(1, 4).bytes(2, new byte[70 << 10]).toByteArray();
    assertThatThrownBy(() -> KadCodec.decodeRequest(find)).isInstanceOf(MalformedException.class);
  }

  @Test
  void rule02APeerOfMoreThanEightKibibytesKeepsTheAddressesThatFit() {
    Contact peer = crowded(1, 64).getFirst();
    assertThat(peer.wire().length).isLessThanOrEqualTo(8 << 10);
    var fat = new ProtoWriter().bytes(1, peer.id().bytes());
    for (int i = 0; i < 1_000; i++) {
      fat.bytes(2, Peers.address(random).bytes());
    }
    var body = new ProtoWriter().varint(1, 4).message(8, fat).toByteArray();
    Contact read = KadCodec.decodeResponse(new KadRequest.FindNode(KEY), body).closer().getFirst();
    assertThat(read.id()).isEqualTo(peer.id());
    assertThat(read.info().addresses()).hasSize(64);
  }

  @Test
  void t32OfThousandsOfAddressesOfAProviderSixtyFourAreReadAndOfMoreNone() {
    var add = (KadRequest.AddProvider) KadCodec.decodeRequest(providerWith(3_000));
    assertThat(add.providers().getFirst().addresses()).hasSize(64);
    byte[] larger = providerWith(10_000);
    assertThatThrownBy(() -> KadCodec.decodeRequest(larger)).isInstanceOf(MalformedException.class);
  }

  private byte[] providerWith(int addresses) {
    var provider = new ProtoWriter().bytes(1, Peers.contact(random).id().bytes());
    for (int i = 0; i < addresses; i++) {
      provider.bytes(2, Peers.address(random).bytes());
    }
    return new ProtoWriter().varint(1, 2).bytes(2, KEY).message(9, provider).toByteArray();
  }

  @Test
  void t33PeersStuffedIntoARequestAreGone() {
    byte[] peer = Peers.contact(random).wire();
    for (int type : new int[] {0, 1, 3, 4, 5}) {
      var record = new ProtoWriter().bytes(1, KEY).bytes(2, Bytes.utf8("v"));
      var stuffed = new ProtoWriter().varint(1, type).bytes(2, KEY).message(3, record);
      for (int i = 0; i < 100; i++) {
        stuffed.bytes(8, peer).bytes(9, peer);
      }
      KadRequest request = KadCodec.decodeRequest(stuffed.toByteArray());
      assertThat(KadCodec.encodeRequest(request).length).isLessThan(40);
    }
  }

  @Test
  void t33OfManyCloserPeersAsManyAreReadAsAWalkMayLookFor() {
    var body = new ProtoWriter().varint(1, 4);
    for (Contact peer : Peers.contacts(1_000, random)) {
      body.bytes(8, peer.wire());
    }
    assertThat(KadCodec.decodeResponse(new KadRequest.FindNode(KEY), body.toByteArray()).closer())
        .hasSize(LookupConfig.MAX_PEERS);
  }

  @Test
  void t33OfManyProvidersAsManyAreReadAsMayBeKeptOrAnnounced() {
    var answer = new ProtoWriter().varint(1, 3);
    Peers.contacts(1_100, random).forEach(peer -> answer.bytes(9, peer.wire()));
    var read = KadCodec.decodeResponse(new KadRequest.GetProviders(KEY), answer.toByteArray());
    assertThat(((KadResponse.Providers) read).providers()).hasSize(KadCodec.MAX_PROVIDERS);

    var request = new ProtoWriter().varint(1, 2).bytes(2, KEY);
    Peers.contacts(70, random).forEach(peer -> request.bytes(9, peer.wire()));
    var add = (KadRequest.AddProvider) KadCodec.decodeRequest(request.toByteArray());
    assertThat(add.providers()).hasSize(64);
  }

  @Test
  void anAnswerNamesAsManyPeersAsTheLargestKAsksFor() {
    List<Contact> closer = Peers.contacts(LookupConfig.MAX_PEERS, random);
    byte[] body = KadCodec.encodeCloser(closer);
    assertThat(KadCodec.decodeResponse(new KadRequest.FindNode(KEY), body).closer())
        .isEqualTo(closer);
  }

  private List<Contact> crowded(int count, int addresses) {
    var contacts = new ArrayList<Contact>();
    for (int i = 0; i < count; i++) {
      var all = new ArrayList<Multiaddr>();
      for (int j = 0; j < addresses; j++) {
        all.add(Peers.address(random));
      }
      contacts.add(Contact.of(new PeerInfo(Peers.id(random), all)));
    }
    return contacts;
  }
}
