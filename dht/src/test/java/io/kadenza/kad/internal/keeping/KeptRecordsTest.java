package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.HeldValue;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.store.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read of a stopped node is what the node would serve.
class KeptRecordsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes CONTENT = Bytes.utf8("content");

  @TempDir private Path directory;
  private final SplittableRandom random = new SplittableRandom(4);
  private final PeerInfo first = Peers.info(random);
  private final PeerInfo second = Peers.info(random);

  private DiskHoldings open(Instant now) {
    return DiskHoldings.open(directory, KadConfig.DEFAULT, random, now);
  }

  private KeptRecords read(Instant now) {
    return KeptRecords.of(Snapshot.open(directory), now);
  }

  private static Record record(int number) {
    return new Record(Bytes.utf8(String.format("/v/%05d", number)), Bytes.utf8("value " + number));
  }

  @Test
  void valuesComeInPagesAsTheNodeListsThem() {
    List<HeldValue> held;
    try (var holdings = open(NOW)) {
      var records = holdings.stores().records();
      for (int i = 0; i < 2_100; i++) {
        PeerInfo from = Peers.info(random);
        records.put(record(i), Sender.of(from), NOW.minusSeconds(i), Instant.MAX);
      }
      held = records.list(Bytes.EMPTY, 5_000, NOW);
    }
    try (var kept = read(NOW)) {
      var all = new ArrayList<HeldValue>();
      for (var page = kept.heldValues(Bytes.EMPTY, 256);
          !page.isEmpty();
          page = kept.heldValues(page.getLast().record().key(), 256)) {
        all.addAll(page);
      }
      assertThat(all).hasSize(2_100).isEqualTo(held);
      assertThat(kept.heldValue(record(7).key())).contains(held.get(7));
      assertThat(kept.heldValue(Bytes.utf8("/v/none"))).isEmpty();
    }
  }

  @Test
  void whatIsExpiredIsNotShown() {
    try (var holdings = open(NOW)) {
      holdings.stores().records().put(record(1), Sender.of(first), NOW, Instant.MAX);
      holdings.stores().records().put(record(2), Sender.of(first), NOW, NOW.plusSeconds(60));
      holdings.stores().providers().add(CONTENT, first, Sender.of(first), NOW);
      holdings
          .stores()
          .providers()
          .add(CONTENT, second, Sender.of(second), NOW.plus(Duration.ofHours(1)));
    }
    Instant soon = NOW.plusSeconds(60);
    try (var kept = read(soon)) {
      assertThat(kept.heldValues(Bytes.EMPTY, 10)).hasSize(1);
      assertThat(kept.heldValue(record(2).key())).isEmpty();
      assertThat(kept.heldProviders(CONTENT)).containsExactlyInAnyOrder(first, second);
    }
    Instant late = NOW.plus(Duration.ofHours(48));
    try (var kept = read(late)) {
      assertThat(kept.heldValues(Bytes.EMPTY, 10)).isEmpty();
      // Its record still counts; its addresses are too old to be trusted.
      assertThat(kept.heldProviders(CONTENT)).containsExactly(new PeerInfo(second.id(), List.of()));
      assertThat(kept.providerRecords()).isEqualTo(1);
    }
  }

  @Test
  void nothingLivesLongerForAClockThatWasAhead() {
    Instant ahead = NOW.plus(Duration.ofDays(30));
    try (var holdings = open(ahead)) {
      holdings.stores().records().put(record(1), Sender.of(first), ahead, Instant.MAX);
    }
    try (var kept = read(NOW)) {
      assertThat(kept.heldValues(Bytes.EMPTY, 10))
          .extracting(HeldValue::expires)
          .containsExactly(NOW.plus(Duration.ofHours(48)));
    }
  }
}
