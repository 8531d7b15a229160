package io.kadenza.kad.provide;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store of own values does. A test of a durable one opens the same files again in
/// [#reopened].
public abstract class OwnValuesContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bytes KEY = Bytes.utf8("/v/key");
  private static final Bytes VALUE = Bytes.utf8("value");

  /// An empty store.
  protected abstract OwnValues open(ProvideLimits limits);

  /// The same store after a restart; itself, if it does not outlive one.
  protected abstract OwnValues reopened(OwnValues store);

  @Test
  void aNewValueTakesThePlaceOfTheOldAndIsYetToBeStored() {
    OwnValues store = open(ProvideLimits.DEFAULT);
    assertThat(store.keep(KEY, VALUE)).isTrue();
    store.stored(KEY, NOW);
    assertThat(store.get(KEY)).contains(new OwnValue(KEY, VALUE, Optional.of(NOW)));
    assertThat(store.keep(KEY, Bytes.utf8("new"))).isTrue();
    assertThat(reopened(store).all())
        .containsExactly(new OwnValue(KEY, Bytes.utf8("new"), Optional.empty()));
  }

  @Test
  void whatIsForgottenIsGone() {
    OwnValues store = open(ProvideLimits.DEFAULT);
    store.keep(KEY, VALUE);
    assertThat(store.forget(KEY)).isTrue();
    assertThat(store.forget(KEY)).isFalse();
    store.stored(KEY, NOW);
    assertThat(store.get(KEY)).isEmpty();
    assertThat(reopened(store).size()).isZero();
  }

  @Test
  void allComeInTheOrderOfTheirKeysWithTheTimeTheyWereStored() {
    OwnValues store = open(ProvideLimits.DEFAULT);
    store.keep(Bytes.utf8("b"), VALUE);
    store.keep(Bytes.utf8("a"), VALUE);
    store.stored(Bytes.utf8("a"), NOW);
    assertThat(reopened(store).all())
        .containsExactly(
            new OwnValue(Bytes.utf8("a"), VALUE, Optional.of(NOW)),
            new OwnValue(Bytes.utf8("b"), VALUE, Optional.empty()));
  }

  @Test
  void numberAndBytesAreBounded() {
    OwnValues few = open(ProvideLimits.DEFAULT.withMaxValues(1, 1_000));
    assertThat(few.keep(KEY, VALUE)).isTrue();
    assertThat(few.keep(Bytes.utf8("/v/other"), VALUE)).isFalse();
    assertThat(few.keep(KEY, Bytes.utf8("another"))).isTrue();
  }

  @Test
  void bytesOfAllTogetherAreBounded() {
    OwnValues small = open(ProvideLimits.DEFAULT.withMaxValues(10, 20));
    assertThat(small.keep(KEY, Bytes.wrap(new byte[14]))).isTrue();
    assertThat(small.keep(KEY, Bytes.wrap(new byte[15]))).isFalse();
    assertThat(small.keep(Bytes.utf8("b"), Bytes.EMPTY)).isFalse();
    assertThat(small.get(KEY).orElseThrow().value().size()).isEqualTo(14);
    small.forget(KEY);
    assertThat(small.keep(Bytes.utf8("b"), Bytes.wrap(new byte[19]))).isTrue();
  }
}
