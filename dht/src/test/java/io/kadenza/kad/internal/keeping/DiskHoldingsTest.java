package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.RecordLimits;
import io.kadenza.kad.record.Sender;
import io.kadenza.kad.record.StoreVerdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Database;
import io.kadenza.store.Entry;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import io.kadenza.store.StoreException;
import io.kadenza.store.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskHoldingsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Record RECORD = new Record(KEY, Bytes.utf8("value"));

  private final SplittableRandom random = new SplittableRandom(9);
  private final PeerInfo peer = Peers.info(random);

  private DiskHoldings on(Database database) {
    return DiskHoldings.over(Store.over(database), KadConfig.DEFAULT, random, NOW);
  }

  @Test
  void t44OnAFullDiskNothingIsPromisedAndReadsGoOn() {
    var disk = new FullDisk();
    try (var holdings = on(disk)) {
      holdings.stores().records().put(RECORD, Sender.of(peer), NOW, Instant.MAX);
      holdings.stores().providers().add(KEY, peer, Sender.of(peer), NOW);
      holdings.sync().join();
      disk.full = true;
      holdings.stores().providers().add(Bytes.utf8("other"), peer, Sender.of(peer), NOW);

      assertThatThrownBy(() -> holdings.sync().join()).hasRootCauseInstanceOf(StoreException.class);

      assertThat(holdings.health().isWell()).isFalse();
      assertThat(holdings.stores().records().put(RECORD, Sender.of(peer), NOW, Instant.MAX))
          .isEqualTo(StoreVerdict.UNAVAILABLE);
      assertThat(holdings.stores().providers().add(KEY, peer, Sender.of(peer), NOW))
          .isEqualTo(StoreVerdict.UNAVAILABLE);
      assertThat(holdings.stores().records().get(KEY, NOW)).isPresent();
      assertThat(holdings.stores().providers().get(KEY, random, NOW)).containsExactly(peer);
    }
    disk.full = false;
    try (var holdings = on(disk)) {
      assertThat(holdings.stores().records().get(KEY, NOW)).isPresent();
      assertThat(holdings.stores().providers().size()).isEqualTo(1);
    }
  }

  @Test
  void whatDoesNotFitIntoTheHeapLeavesTheDirectoryToOthers() {
    var closed = new AtomicBoolean();
    var huge =
        new MemoryDatabase() {
          @Override
          public void readAll(String table, Consumer<? super Entry> reader) {
            throw new OutOfMemoryError("as if");
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThatThrownBy(() -> on(huge)).isInstanceOf(OutOfMemoryError.class);

    assertThat(closed).isTrue();
  }

  @Test
  void t43DamageInALargeTableCostsWhatIsDamagedAndNoStart(@TempDir Path directory)
      throws IOException {
    int keys = 4_500;
    try (var holdings = DiskHoldings.open(directory, KadConfig.DEFAULT, random, NOW)) {
      for (int i = 0; i < keys; i++) {
        holdings.stores().keystore().add(Bytes.utf8("content " + (10_000_000 + i)));
      }
    }
    Path file = directory.resolve("kad.db");
    byte[] database = Files.readAllBytes(file);
    String text = new String(database, StandardCharsets.ISO_8859_1);
    database[text.indexOf("content 10000777")] ^= 1;
    Files.write(file, database);

    try (var holdings = DiskHoldings.open(directory, KadConfig.DEFAULT, random, NOW)) {
      assertThat(holdings.stores().keystore().size()).isEqualTo(keys - 1);
      assertThat(holdings.stores().keystore().contains(Bytes.utf8("content 10000777"))).isFalse();
    }
    assertThat(directory.resolve("damaged-1").resolve("kad.db")).hasBinaryContent(database);
  }

  @Test
  void recordsThatFitIntoNoRowAreRefusedBeforeTheFirstComes(@TempDir Path directory) {
    int most = Table.MAX_VALUE_BYTES - 1_024;
    KadConfig largest = KadConfig.DEFAULT.withRecords(RecordLimits.DEFAULT.withMaxValueBytes(most));
    KadConfig tooLarge =
        KadConfig.DEFAULT.withRecords(RecordLimits.DEFAULT.withMaxValueBytes(most + 1));

    assertThatThrownBy(() -> DiskHoldings.open(directory, tooLarge, random, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("values of up to " + most);

    try (var holdings = DiskHoldings.open(directory, largest, random, NOW)) {
      var record = new Record(Bytes.wrap(new byte[1_024]), Bytes.wrap(new byte[most]));
      holdings.stores().records().put(record, Sender.of(peer), NOW, Instant.MAX);
      holdings.sync().join();
    }
  }

  @Test
  void contactsAreKeptInTheirOrder() {
    var database = new MemoryDatabase();
    var peers = new ArrayList<PeerInfo>();
    for (int i = 0; i < 300; i++) {
      peers.add(Peers.info(random));
    }
    try (var holdings = on(database)) {
      assertThat(holdings.contacts()).isEmpty();
      holdings.saveContacts(peers);
    }
    try (var holdings = on(database)) {
      assertThat(holdings.contacts()).isEqualTo(peers);
      holdings.saveContacts(peers.subList(100, 200));
    }
    try (var holdings = on(database)) {
      assertThat(holdings.contacts()).isEqualTo(peers.subList(100, 200));
    }
  }
}
