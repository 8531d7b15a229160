package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.node.terminal.ResultStream;
import io.kadenza.node.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What becomes of a command whose results cannot be written.
class LostResultsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String failure, String... command) {
    return run(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        },
        command);
  }

  private int run(OutputStream refusing, String... command) {
    var terminal =
        new Terminal(
            new ResultStream(refusing),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            Map.of(),
            Path.of(""),
            false,
            false);
    return new CommandLineRunner(terminal).run(command);
  }

  @Test
  void aFullDiskIsAFailure() {
    assertThat(run("No space left on device", "id")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("kad: cannot write the results (No space left on device)");
  }

  @Test
  void aFailedCommandKeepsItsOwnExitCode() {
    assertThat(run("No space left on device", "get", "/v/a", "--bootstrap", "/ip4/127.0.0.1/tcp/1"))
        .isEqualTo(5);
  }

  /// As in `kad records ls | head`.
  @Test
  void whoeverClosesAPipeHasEnough() {
    assertThat(run("Broken pipe", "id")).isZero();
    assertThat(err.size()).isZero();
  }

  /// As in `kad ping ADDR --count 1000000 | head -1`.
  @Test
  void aPingEndsWhenNobodyReadsOfIt() {
    try (var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start()) {
      String address = host.addresses().getFirst().toString();

      assertThat(run("Broken pipe", "ping", address, "--count", "1000000", "--interval", "1h"))
          .isZero();
    }
  }

  /// There is no `--verbose` to run it again with.
  @Test
  void aFaultInACommandWithoutALogShowsItsTraceAtOnce() {
    var faulty =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("a bug");
          }
        };

    assertThat(run(faulty, "completion", "fish")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("kad: internal fault: java.lang.IllegalStateException: a bug; report the trace")
        .contains("\tat io.kadenza.")
        .doesNotContain("--verbose");
  }
}
