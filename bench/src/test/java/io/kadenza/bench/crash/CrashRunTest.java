package io.kadenza.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T42 with a few kills; `bench/crash` does a thousand.
class CrashRunTest {
  @Test
  void t42WhatWasAcknowledgedOutlivesTheProcess(@TempDir Path directory) throws Exception {
    int kills = 4;
    var result = new CrashRun(directory, 42, 400, Duration.ofMillis(300)).run(kills);
    assertThat(result.kills()).isEqualTo(kills);
    assertThat(result.isProof()).isTrue();
    assertThat(result.acknowledged()).isPositive();
    assertThat(result.lost()).isZero();
    assertThat(result.invented()).isZero();
  }

  @Test
  void whereNothingWasAcknowledgedNothingIsProven() {
    var result = new CrashRun.Result(1_000, 0, 0, 0, 5);
    assertThat(result.isClean()).isTrue();
    assertThat(result.isProof()).isFalse();
  }
}
