package io.kadenza.kad.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.primitive.Sha256;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.engine.Neighbourhood;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.Shelf;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.machine.TimeSource;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryShortcutTest {
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final PeerId ASKING = peer(1);

  private final List<MessageType> answered = new ArrayList<>();

  private static PeerId peer(int number) {
    return PeerId.of(Multihash.sha256(Sha256.digest(new byte[] {(byte) number})).bytes());
  }

  private MemoryShortcut shortcut(Neighbourhood neighbourhood, @Nullable Shelf values) {
    return new MemoryShortcut(
        neighbourhood,
        values,
        RecordLimits.DEFAULT.withMaxKeyBytes(KEY.size()),
        TimeSource.system(),
        (_, type) -> answered.add(type));
  }

  private static Stores stores() {
    return Stores.inMemory(KadConfig.DEFAULT, new Random(1));
  }

  private static Neighbourhood neighbourhood(Mode mode, Stores stores) {
    var config = KadConfig.DEFAULT.withMode(mode);
    return new KadEngine(config, Contact.of(peer(2)), new Random(1), stores).neighbourhood();
  }

  private static KadResponse ask(MemoryShortcut shortcut, KadRequest request) throws Exception {
    return KadCodec.decodeResponse(request, shortcut.answer(ASKING, request).orElseThrow());
  }

  @Test
  void aValueIsReadAsSoonAsItIsStored() throws Exception {
    var stores = stores();
    Shelf shelf = stores.records().shelf().orElseThrow();
    var shortcut = shortcut(neighbourhood(Mode.SERVER, stores), shelf);
    var request = new KadRequest.GetValue(KEY);

    assertThat(ask(shortcut, request))
        .isEqualTo(new KadResponse.Value(KEY, Optional.empty(), List.of()));

    var record = new Record(KEY, Bytes.utf8("value"));
    stores.records().put(record, Sender.of(ASKING), Instant.now(), Instant.MAX);

    assertThat(ask(shortcut, request))
        .isInstanceOfSatisfying(
            KadResponse.Value.class,
            value ->
                assertThat(value.record().orElseThrow().value()).isEqualTo(Bytes.utf8("value")));
    assertThat(answered).containsExactly(MessageType.GET_VALUE, MessageType.GET_VALUE);
  }

  @Test
  void whatTheEngineRefusesIsLeftToIt() {
    var stores = stores();
    var server =
        shortcut(neighbourhood(Mode.SERVER, stores), stores.records().shelf().orElseThrow());

    assertThat(server.answer(ASKING, new KadRequest.GetValue(Bytes.EMPTY))).isEmpty();
    assertThat(server.answer(ASKING, new KadRequest.GetValue(Bytes.utf8("/v/longer")))).isEmpty();
    assertThat(server.answer(ASKING, new KadRequest.GetProviders(KEY))).isEmpty();
    assertThat(answered).isEmpty();
  }

  @Test
  void aClientAnswersNothing() {
    var stores = stores();
    var client =
        shortcut(neighbourhood(Mode.CLIENT, stores), stores.records().shelf().orElseThrow());

    assertThat(client.answer(ASKING, new KadRequest.GetValue(KEY))).isEmpty();
    assertThat(client.answer(ASKING, new KadRequest.FindNode(KEY))).isEmpty();
  }

  @Test
  void valuesThatOnlyTheEngineCanReadAreLeftToIt() {
    var server = shortcut(neighbourhood(Mode.SERVER, stores()), null);

    assertThat(server.answer(ASKING, new KadRequest.GetValue(KEY))).isEmpty();
    assertThat(server.answer(ASKING, new KadRequest.FindNode(KEY))).isPresent();
  }
}
