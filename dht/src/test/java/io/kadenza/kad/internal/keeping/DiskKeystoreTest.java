package io.kadenza.kad.internal.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.kad.provide.Keystore;
import io.kadenza.kad.provide.KeystoreContract;
import io.kadenza.kad.provide.ProvideLimits;
import io.kadenza.kad.provide.Provided;
import io.kadenza.kad.provide.Span;
import io.kadenza.multiformats.Bytes;
import io.kadenza.store.Store;
import io.kadenza.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On a database in memory, which outlives the stores on it here.
class DiskKeystoreTest extends KeystoreContract {
  /// Later than all that the contract does.
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

  @RegisterExtension private final ReopenableStore store = new ReopenableStore();

  private ProvideLimits limits = ProvideLimits.DEFAULT;

  @Override
  protected Keystore open(ProvideLimits bounds) {
    limits = bounds;
    return DiskKeystore.open(store.empty(), limits, LATER);
  }

  @Override
  protected Keystore reopened(Keystore old) {
    return DiskKeystore.open(store.reopened(), limits, LATER);
  }

  @Test
  void aPositionAheadOfTheClockIsKept() {
    Keystore keystore = open(ProvideLimits.DEFAULT);
    Instant ahead = LATER.plus(Duration.ofHours(20));
    keystore.sweptUntil(ahead);
    assertThat(reopened(keystore).sweptUntil()).contains(ahead);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 1L << 32, 10_000_000_000_000_000L, Long.MAX_VALUE})
  void aPositionThatNoClockShowsIsForgotten(long second) {
    Keystore keystore = open(ProvideLimits.DEFAULT);
    keystore.sweptUntil(NOW);
    byte[] row = ByteBuffer.allocate(12).putLong(second).putInt(0).array();
    store.table("facts").put(Bytes.utf8("swept until"), Bytes.wrap(row));
    assertThat(reopened(keystore).sweptUntil()).isEmpty();
  }

  @Test
  void whatWasToldByAClockThatWasAheadIsToldAgain() {
    Keystore keystore = open(ProvideLimits.DEFAULT);
    Bytes key = Bytes.utf8("key");
    keystore.add(key);
    keystore.told(List.of(Provided.of(key)), LATER.plus(Duration.ofHours(1)));
    assertThat(reopened(keystore).waiting(Span.ALL, null, 10)).containsExactly(Provided.of(key));
  }

  @Test
  void t44OnAFullDiskNoKeyIsTakenAndTheSweepGoesOn() {
    var disk = new FullDisk();
    Bytes key = Bytes.utf8("key");
    try (Store failing = Store.over(disk)) {
      var keystore = DiskKeystore.open(failing, ProvideLimits.DEFAULT, LATER);
      keystore.add(key);
      failing.sync().join();
      disk.full = true;
      keystore.add(Bytes.utf8("last"));
      assertThatThrownBy(() -> failing.sync().join()).hasRootCauseInstanceOf(StoreException.class);

      assertThat(keystore.add(Bytes.utf8("other"))).isEqualTo(Keystore.Added.FULL);
      assertThat(keystore.add(key)).isEqualTo(Keystore.Added.KNOWN);
      keystore.told(List.of(Provided.of(key)), NOW);
      assertThat(keystore.waiting()).isEqualTo(1);
    }
    disk.full = false;
    try (Store mended = Store.over(disk)) {
      assertThat(DiskKeystore.open(mended, ProvideLimits.DEFAULT, LATER).list(null, 10))
          .containsExactly(new Keystore.Entry(key, Optional.empty()));
    }
  }
}
