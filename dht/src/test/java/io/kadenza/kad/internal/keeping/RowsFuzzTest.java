package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Validators;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Change;
import io.kadenza.store.MemoryDatabase;
import io.kadenza.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sums keep accidents out, not people: whatever stands in a row, a node starts with it, runs, and
/// has the same the next time.
class RowsFuzzTest {
  private static final Now NOW = new Now(0, Instant.parse("2026-11-01T00:00:00Z"));
  private static final KadConfig CONFIG = KadConfig.DEFAULT.withValidators(Validators.open());
  private static final List<String> TABLES =
      List.of(
          "records", "providers", "provider_peers", "provided", "published", "contacts", "facts");
  private static final int MAX_BYTES = 200;

  /// Keys and values that say more than chance does.
  private static final List<Bytes> TELLING =
      List.of(
          Bytes.utf8("swept until"),
          Bytes.utf8("provider hash seed"),
          Bytes.wrap(new byte[4]),
          Bytes.wrap(new byte[12]),
          Bytes.wrap(new byte[16]),
          Bytes.wrap(new byte[20]),
          new PeerRow(Peers.info(new SplittableRandom(1)), 7, 1_800_000_000).encode());

  @FuzzTest
  void anything(FuzzedDataProvider data) {
    var rows = new ArrayList<Change>();
    while (data.remainingBytes() > 0) {
      String table = data.pickValue(TABLES);
      rows.add(new Change(table, bytes(data), Optional.of(bytes(data))));
    }
    run(rows);
  }

  private static Bytes bytes(FuzzedDataProvider data) {
    return data.consumeBoolean()
        ? data.pickValue(TELLING)
        : Bytes.wrap(data.consumeBytes(data.consumeInt(0, MAX_BYTES)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anythingAtRandom(long seed) {
    var random = new Random(seed);
    var rows = new ArrayList<Change>();
    for (int i = 0; i < 300; i++) {
      String table = TABLES.get(random.nextInt(TABLES.size()));
      rows.add(new Change(table, bytes(random), Optional.of(bytes(random))));
    }
    run(rows);
  }

  private static Bytes bytes(Random random) {
    if (random.nextBoolean()) {
      return TELLING.get(random.nextInt(TELLING.size()));
    }
    // Short ones first: in fields of a few bytes chance says most.
    byte[] bytes = new byte[random.nextInt(1 + random.nextInt(MAX_BYTES))];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private static void run(List<Change> rows) {
    var database = new MemoryDatabase();
    database.commit(rows);
    String first;
    try (var holdings = open(database)) {
      first = tell(holdings);
    }
    try (var holdings = open(database)) {
      assertThat(tell(holdings)).isEqualTo(first);
      live(holdings);
    }
  }

  private static DiskHoldings open(MemoryDatabase database) {
    return DiskHoldings.over(Store.over(database), CONFIG, new SplittableRandom(5), NOW.wall());
  }

  private static String tell(DiskHoldings holdings) {
    var stores = holdings.stores();
    var has =
        List.of(
            stores.records().list(Bytes.EMPTY, Integer.MAX_VALUE, NOW.wall()),
            stores.providers().size(),
            stores.keystore().list(null, Integer.MAX_VALUE),
            stores.keystore().sweptUntil(),
            stores.ownValues().all(),
            holdings.contacts());
    return has.toString();
  }

  /// As a node that knows nobody but whom it remembers, for some hours.
  private static void live(DiskHoldings holdings) {
    var self = Contact.of(Peers.info(new SplittableRandom(7)));
    var engine = new KadEngine(CONFIG, self, new SplittableRandom(9), holdings.stores());
    engine.apply(new EngineInput.OwnAddresses(self.info().addresses()), NOW);
    engine.apply(new EngineInput.Recall(holdings.contacts()), NOW);
    for (int hour = 0; hour < 50; hour++) {
      engine.tick(NOW.plus(Duration.ofHours(hour)));
    }
  }
}
