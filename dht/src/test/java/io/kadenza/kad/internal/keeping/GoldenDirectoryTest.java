package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.OwnValue;
import io.kadenza.kad.provide.Provided;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Directories that earlier versions left behind. Each file was written once, by [#fill], and is
/// not to be made again: whoever changes a row's form adds one.
class GoldenDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final Bytes CONTENT = Bytes.utf8("content");

  private final SplittableRandom random = new SplittableRandom(1);
  private final PeerInfo storer = Peers.info(random);
  private final PeerInfo provider = Peers.info(random);
  private final List<PeerInfo> contacts = List.of(Peers.info(random), Peers.info(random));

  @TempDir private Path parent;

  private DiskHoldings open(Path directory, Instant now) {
    return DiskHoldings.open(directory, KadConfig.DEFAULT, new SplittableRandom(2), now);
  }

  private void fill(DiskHoldings holdings) {
    var stores = holdings.stores();
    stores.records().put(new Record(KEY, Bytes.utf8("value")), Sender.of(storer), NOW, Instant.MAX);
    stores.providers().add(CONTENT, provider, Sender.of(provider), NOW);
    stores.keystore().add(Bytes.utf8("told"));
    stores.keystore().add(Bytes.utf8("waiting"));
    stores.keystore().told(List.of(Provided.of(Bytes.utf8("told"))), NOW);
    stores.keystore().sweptUntil(NOW.plusMillis(1));
    stores.ownValues().keep(KEY, Bytes.utf8("own"));
    stores.ownValues().stored(KEY, NOW.plusMillis(2));
    holdings.saveContacts(contacts);
  }

  private void assertHasAll(DiskHoldings holdings, Instant now) {
    var stores = holdings.stores();
    assertThat(stores.records().held(KEY, now))
        .hasValueSatisfying(held -> {
          assertThat(held.record().value()).isEqualTo(Bytes.utf8("value"));
          assertThat(held.record().received()).contains(NOW);
          assertThat(held.from()).isEqualTo(storer.id());
          assertThat(held.expires()).isEqualTo(NOW.plus(Duration.ofHours(48)));
        });
    assertThat(stores.providers().get(CONTENT, random, now)).containsExactly(provider);
    assertThat(stores.keystore().list(null, 10))
        .containsExactlyInAnyOrder(
            new Keystore.Entry(Bytes.utf8("told"), Optional.of(NOW)),
            new Keystore.Entry(Bytes.utf8("waiting"), Optional.empty()));
    assertThat(stores.keystore().sweptUntil()).contains(NOW.plusMillis(1));
    assertThat(stores.ownValues().all())
        .containsExactly(new OwnValue(KEY, Bytes.utf8("own"), Optional.of(NOW.plusMillis(2))));
    assertThat(holdings.contacts()).isEqualTo(contacts);
  }

  @Test
  void t46ADirectoryOfTheFirstFormatOpens() throws IOException {
    Path directory = Files.createDirectory(parent.resolve("golden"));
    try (InputStream golden = GoldenDirectoryTest.class.getResourceAsStream("golden/format-1.db")) {
      Files.copy(Objects.requireNonNull(golden), directory.resolve("kad.db"));
    }
    Instant now = NOW.plus(Duration.ofHours(1));
    try (var holdings = open(directory, now)) {
      assertHasAll(holdings, now);
    }
  }

  @Test
  void thisVersionWritesWhatTheGoldenDirectoryHolds() {
    Path directory = parent.resolve("fresh");
    try (var holdings = open(directory, NOW)) {
      fill(holdings);
    }
    Instant now = NOW.plus(Duration.ofHours(1));
    try (var holdings = open(directory, now)) {
      assertHasAll(holdings, now);
    }
  }
}
