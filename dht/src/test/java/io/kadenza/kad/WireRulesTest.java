package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The numbered rules of how the other implementations behave on the wire, as far as they show in
/// streams and frames; a stranger writes the bytes. Rules about the bytes of a message alone are
/// tested in `KadCodecTest` and `MessageLimitsTest`, those about what is answered in
/// `ResponderTest`, those about our own requests in `RpcClientTest` and `AnnouncementTest`, all
/// under the same names.
class WireRulesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final Record RECORD = new Record(KEY, Bytes.utf8("value"));

  private static final int TYPE = 1;
  private static final int KEY_FIELD = 2;
  private static final int CLOSER_PEERS = 8;
  private static final int PROVIDER_PEERS = 9;
  private static final int SENDER_RECORD = 11;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Host stranger = host();

  private Host host() {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    return host;
  }

  private Dht node(KadConfig config) {
    var dht = Dht.builder(host()).config(config.withValidators(Validators.open())).start();
    open.addFirst(dht);
    return dht;
  }

  private Dht server() {
    return node(KadConfig.DEFAULT);
  }

  private Stream talkTo(Dht dht) {
    return stranger.open(dht.host().info(), List.of(dht.config().protocol()), LIMIT);
  }

  private static void send(Stream stream, KadRequest request) {
    stream.writeFrame(KadCodec.encodeRequest(request));
  }

  private static byte[] reply(Stream stream) {
    byte[] reply = stream.readFrame(KadCodec.MAX_MESSAGE_BYTES);
    assertThat(reply).as("a reply").isNotNull();
    return reply;
  }

  private static KadResponse ask(Stream stream, KadRequest request) {
    send(stream, request);
    return KadCodec.decodeResponse(request, reply(stream));
  }

  private static void assertReset(Stream stream) {
    var end =
        catchThrowableOfType(
            StreamException.class, () -> stream.readFrame(KadCodec.MAX_MESSAGE_BYTES));
    assertThat(end.reason()).isEqualTo(StreamException.Reason.RESET);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @Test
  void rule01ServersServeTheProtocolOfTheirNetworkAndClientsNone() {
    assertThat(KadConfig.AMINO).isEqualTo("/ipfs/kad/1.0.0");
    assertThat(KadConfig.LAN).isEqualTo("/ipfs/lan/kad/1.0.0");
    Dht server = node(KadConfig.DEFAULT.withProtocol(KadConfig.LAN));
    Dht client = node(KadConfig.DEFAULT.withMode(Mode.CLIENT));

    assertThat(server.host().protocols()).contains(KadConfig.LAN).doesNotContain(KadConfig.AMINO);
    assertThat(client.host().protocols()).doesNotContain(KadConfig.AMINO);
    try (var stream = talkTo(server)) {
      assertThat(ask(stream, new KadRequest.Ping())).isEqualTo(new KadResponse.Pong());
    }
    var refused =
        catchThrowableOfType(StreamException.class, () -> talkTo(client).readFrame(1_000));
    assertThat(refused.reason()).isEqualTo(StreamException.Reason.UNSUPPORTED);
  }

  @Test
  void rule02ARequestOfMebibytesIsReadThoughItExceedsEveryWindow() {
    Dht server =
        node(KadConfig.DEFAULT.withRecords(RecordLimits.DEFAULT.withMaxValueBytes(4 << 20)));
    var large = new Record(KEY, Bytes.wrap(new byte[3 << 20]));
    try (var stream = talkTo(server)) {
      assertThat(ask(stream, new KadRequest.PutValue(large)))
          .isEqualTo(new KadResponse.Stored(KEY, Optional.of(large)));
    }
  }

  @Test
  void rule02AFrameBeyondFourMebibytesIsRefusedByItsLength() {
    var stream = talkTo(server());
    stream.write(new byte[] {(byte) 0x81, (byte) 0x80, (byte) 0x80, 0x02}, 0, 4);

    assertReset(stream);
  }

  @Test
  void rule03ManyRequestsOnOneStreamAreAnsweredAlsoAfterAHalfClose() throws Exception {
    Dht server = server();
    var identified = new CountDownLatch(1);
    try (var _ = server.host().observe(e -> countIdentified(e, identified))) {
      var stream = talkTo(server);
      assertThat(identified.await(20, TimeUnit.SECONDS)).isTrue();
      var request = new KadRequest.FindNode(server.host().id().bytes());
      send(stream, request);
      send(stream, new KadRequest.GetValue(KEY));
      send(stream, request);
      stream.closeWrite();

      assertThat(KadCodec.decodeResponse(request, reply(stream)).closer()).isNotEmpty();
      KadCodec.decodeResponse(new KadRequest.GetValue(KEY), reply(stream));
      assertThat(KadCodec.decodeResponse(request, reply(stream)).closer()).isNotEmpty();
      assertThat(stream.readFrame(1_000)).isNull();
    }
  }

  @Test
  void rule03RequestsToOneServerShareAStreamAndBothSidesCountIt() {
    Dht server = server();
    Dht asker = node(KadConfig.DEFAULT.withMode(Mode.CLIENT));
    asker.bootstrap(List.of(server.host().info()), LIMIT);
    long before = asker.metrics().counter("rpc.outbound.requests");
    long streams = asker.metrics().counter("rpc.outbound.streams");
    for (int i = 0; i < 5; i++) {
      asker.closest(Bytes.utf8("/v/" + i), LIMIT);
    }

    assertThat(asker.metrics().counter("rpc.outbound.requests")).isEqualTo(before + 5);
    assertThat(asker.metrics().counter("rpc.outbound.streams")).isEqualTo(streams);
    assertThat(server.metrics().counter("rpc.inbound.streams")).isPositive();
    assertThat(server.metrics().counter("rpc.inbound.messages"))
        .isGreaterThan(server.metrics().counter("rpc.inbound.streams") + 4);
  }

  private static void countIdentified(HostEvent event, CountDownLatch latch) {
    if (event instanceof HostEvent.Identified) {
      latch.countDown();
    }
  }

  @Test
  void rule04WhatCannotBeReadOrTakenResetsItsStreamAndNoOther() {
    Dht server = server();
    var good = talkTo(server);
    ask(good, new KadRequest.Ping());
    var unreadable = talkTo(server);
    unreadable.writeFrame(new byte[] {(byte) 0xff, 1, 2});
    var refused = talkTo(server);
    send(refused, new KadRequest.PutValue(Bytes.utf8("/v/other"), RECORD));

    assertReset(unreadable);
    assertReset(refused);
    assertThat(ask(good, new KadRequest.Ping())).isEqualTo(new KadResponse.Pong());
    assertThat(server.metrics().counter("rpc.inbound.message_errors")).isEqualTo(2);
    assertThat(server.metrics().counter("rpc.inbound.messages", MessageType.PING)).isEqualTo(2);
  }

  @Test
  void rule05AddProviderGetsNoReply() {
    Dht server = server();
    try (var stream = talkTo(server)) {
      send(stream, new KadRequest.AddProvider(KEY, stranger.info()));

      // Go reads the next frame as the answer to its next request.
      var found = (KadResponse.Providers) ask(stream, new KadRequest.GetProviders(KEY));
      assertThat(found.providers()).containsExactly(stranger.info());
      stream.closeWrite();
      assertThat(stream.readFrame(1_000)).isNull();
    }
  }

  @Test
  void rule05AddProviderWithTheSendersRecordIsAcknowledged() {
    Dht server = server();
    var add = new KadRequest.AddProvider(KEY, stranger.info());
    byte[] plain = KadCodec.encodeRequest(add);
    var withRecord = new ProtoWriter().bytes(SENDER_RECORD, new byte[] {1, 2, 3}).toByteArray();
    byte[] message = Arrays.copyOf(plain, plain.length + withRecord.length);
    System.arraycopy(withRecord, 0, message, plain.length, withRecord.length);
    try (var stream = talkTo(server)) {
      stream.writeFrame(message);

      assertThat(KadCodec.decodeResponse(add, reply(stream)))
          .isEqualTo(new KadResponse.ProviderAdded(KEY));
    }
  }

  @Test
  void rule06AStoredValueIsEchoedWithoutThePeersThatCameAlong() {
    Dht server = server();
    byte[] put = KadCodec.encodeRequest(new KadRequest.PutValue(RECORD));
    byte[] stuffing =
        new ProtoWriter()
            .bytes(CLOSER_PEERS, new byte[100])
            .bytes(PROVIDER_PEERS, new byte[100])
            .toByteArray();
    byte[] message = Arrays.copyOf(put, put.length + stuffing.length);
    System.arraycopy(stuffing, 0, message, put.length, stuffing.length);
    try (var stream = talkTo(server)) {
      stream.writeFrame(message);

      assertThat(reply(stream)).isEqualTo(put);
    }
  }

  @Test
  void rule07APingIsEchoed() {
    byte[] ping = new ProtoWriter().varint(TYPE, 5).toByteArray();
    try (var stream = talkTo(server())) {
      stream.writeFrame(ping);

      assertThat(reply(stream)).isEqualTo(ping);
    }
  }

  @Test
  void rule08AskedForItselfAServerNamesItselfWithAddresses() {
    Dht server = server();
    try (var stream = talkTo(server)) {
      var answer = ask(stream, new KadRequest.FindNode(server.host().id().bytes()));

      assertThat(answer.closer()).hasSize(1);
      assertThat(answer.closer().getFirst().info()).isEqualTo(server.host().info());
    }
  }

  @Test
  void rule09AKeyWithoutANamespaceIsAnswered() {
    try (var stream = talkTo(server())) {
      var answer = (KadResponse.Value) ask(stream, new KadRequest.GetValue(Bytes.utf8("plain")));

      assertThat(answer.record()).isEmpty();
    }
  }

  @Test
  void rule10ProviderKeysAreOpaqueBytesUpToEighty() {
    Dht server = server();
    Bytes binary = Bytes.wrap(new byte[80]);
    try (var stream = talkTo(server)) {
      send(stream, new KadRequest.AddProvider(binary, stranger.info()));
      var found = (KadResponse.Providers) ask(stream, new KadRequest.GetProviders(binary));

      assertThat(found.providers()).containsExactly(stranger.info());
      send(stream, new KadRequest.AddProvider(Bytes.wrap(new byte[81]), stranger.info()));
      assertReset(stream);
    }
  }

  @Test
  void rule11AnotherPeerThanTheSenderIsNoProvider() {
    Dht server = server();
    try (var stream = talkTo(server)) {
      send(stream, new KadRequest.AddProvider(KEY, host().info()));

      assertReset(stream);
    }
  }

  @Test
  void rule15AnEmptyFrameIsAPutValueWithoutARecord() {
    var stream = talkTo(server());
    stream.writeFrame(new byte[0]);

    assertReset(stream);
  }

  @Test
  void rule15UnknownFieldsAndHopCountsAreReadPast() {
    byte[] message =
        new ProtoWriter()
            .varint(TYPE, 4)
            .bytes(KEY_FIELD, KEY)
            .varint(10, 10)
            .bytes(666, new byte[5])
            .toByteArray();
    try (var stream = talkTo(server())) {
      stream.writeFrame(message);

      assertThat(KadCodec.decodeResponse(new KadRequest.FindNode(KEY), reply(stream)).closer())
          .isEmpty();
    }
  }

  @Test
  void rule16AServerThatTurnsClientAnswersNoMoreOnOldStreams() {
    Dht server = server();
    var stream = talkTo(server);
    ask(stream, new KadRequest.Ping());

    server.mode(Mode.CLIENT);
    send(stream, new KadRequest.FindNode(KEY));

    assertReset(stream);
  }

  @Test
  void rule18TheFiguresOfTheIpfsSpecAreTheDefaults() {
    assertThat(KadConfig.DEFAULT.k()).isEqualTo(20);
    assertThat(KadConfig.DEFAULT.alpha()).isEqualTo(10);
    assertThat(KadConfig.DEFAULT.refreshInterval()).isEqualTo(Duration.ofMinutes(10));
    assertThat(KadConfig.DEFAULT.records().ttl()).isEqualTo(Duration.ofHours(48));
    assertThat(Network.AMINO.ipLimits().perTable()).isEqualTo(3);
    assertThat(Network.AMINO.ipLimits().perBucket()).isEqualTo(2);
  }

  /// "events and peer lists immutable; look-ups with subscribers under stress".
  @Test
  void t41ReadersOfEventsTablesAndMetricsDoNotDisturbLookUps() throws Exception {
    Dht first = server();
    List<Dht> nodes = new ArrayList<>(List.of(first));
    for (int i = 0; i < 4; i++) {
      Dht next = server();
      next.bootstrap(List.of(first.host().info()), LIMIT);
      nodes.add(next);
    }
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var over = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      Dht dht = nodes.get(i % nodes.size());
      int number = i;
      Thread.startVirtualThread(() -> {
        try (var events = dht.events(16)) {
          for (int n = 0; n < 50; n++) {
            Bytes key = Bytes.utf8("/v/" + number + "/" + n);
            assertThat(dht.closest(key, LIMIT).peers()).isNotEmpty();
            assertThat(dht.table()).isUnmodifiable();
            assertThat(dht.metrics().counters()).isUnmodifiable();
            events.next(Duration.ZERO);
          }
        } catch (Throwable failure) {
          failures.add(failure);
        } finally {
          over.countDown();
        }
      });
    }

    assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
  }
}
