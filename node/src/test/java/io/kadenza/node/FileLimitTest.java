package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FileLimitTest {
  @Test
  void isFoundUnderWhatWasMadeOfIt() {
    var reached =
        new IllegalStateException(
            "failed to create a child event loop",
            new IOException("selector", new IOException("Too many open files")));

    assertThat(FileLimit.isReached(reached)).isTrue();
    assertThat(FileLimit.isReached(new IllegalStateException("something else"))).isFalse();
    assertThat(FileLimit.failure(reached).exit()).isEqualTo(Exit.USAGE);
  }
}
