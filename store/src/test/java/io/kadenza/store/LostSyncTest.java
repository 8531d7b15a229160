package io.kadenza.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.store.DatabaseImage.Reading;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T44, the model of a lost fsync: of what changed on the disk since the last acknowledgement, any
/// sector may be of the earlier time or of the later.
class LostSyncTest {
  @TempDir(factory = InMemory.class)
  private Path parent;

  @Test
  void t44WhatWasAcknowledgedSurvivesAnyMixOfSectorsWrittenSince() {
    new Cases(44, parent)
        .run(
            15,
            (random, directory, what) -> {
              int acknowledged = 1 + random.nextInt(60);
              int attempted = acknowledged + 1 + random.nextInt(40);
              DatabaseImage before;
              DatabaseImage after;
              try (Store store = Store.open(directory.resolve("live"))) {
                for (int i = 0; i < acknowledged; i++) {
                  DatabaseImage.put(store, i);
                  if (random.nextInt(4) == 0) {
                    store.sync().join();
                  }
                }
                store.sync().join();
                before = DatabaseImage.of(directory.resolve("live"));
                for (int i = acknowledged; i < attempted; i++) {
                  DatabaseImage.put(store, i);
                }
                store.sync().join();
                after = DatabaseImage.of(directory.resolve("live"));
              }

              Reading reading =
                  before.mixedWith(after, random).read(directory.resolve("left"), what);

              assertThat(reading.entries())
                  .as(what)
                  .hasSizeBetween(acknowledged, attempted)
                  .startsWith(IntStream.range(0, acknowledged).boxed().toArray(Integer[]::new));
              assertThat(reading.entries().getLast()).as(what).isLessThan(attempted);
              assertThat(reading.findings()).as(what).isEmpty();
              return 1;
            });
  }
}
