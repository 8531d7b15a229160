package io.kadenza.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.node.cli.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir Path directory;

  @Test
  void tellsItsStoryAndLeavesNothingBehind() throws Exception {
    var session = new Session(directory);

    assertThat(session.run("demo", "--nodes", "5")).as(session.err()).isEqualTo(0);

    assertThat(session.out())
        .contains(
            "stored at #", "\"Hello from a node", "told #", "#3 has it, at [/ip4/127.0.0.1/tcp/")
        .contains("bits shared", "./kad run --mode server")
        .doesNotContain("\u001b");
    assertThat(session.err()).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}
