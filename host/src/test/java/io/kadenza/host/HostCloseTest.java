package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A host that is closed by those it calls, and what is left of one.
class HostCloseTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension private final Hosts hosts = new Hosts();

  @Test
  void anObserverMayCloseTheHost() throws Exception {
    Host server = hosts.start();
    Host client = hosts.start();
    var closing = new CompletableFuture<Void>();
    var _ =
        server.observe(event -> {
          if (event instanceof HostEvent.Connected && !closing.isDone()) {
            try {
              server.close();
              closing.complete(null);
            } catch (RuntimeException failed) {
              closing.completeExceptionally(failed);
            }
          }
        });
    var gone = new CompletableFuture<Void>();
    var _ =
        client.observe(event -> {
          if (event instanceof HostEvent.Disconnected) {
            gone.complete(null);
          }
        });
    var events = server.events(100);

    client.connect(server.info(), LIMIT);

    closing.get(20, TimeUnit.SECONDS);
    gone.get(20, TimeUnit.SECONDS);
    assertThat(events).as("has ended").isNotEmpty();
    assertThat(server.connections()).isEmpty();
  }

  /// Prints which threads will keep the JVM when this one ends.
  static final class Short {
    public static void main(String[] args) {
      Identity identity = Identity.generate(KeyType.ED25519);
      try (var host = Host.builder(identity).listen("/ip4/127.0.0.1/tcp/0").start()) {
        assertThat(host.isClosed()).isFalse();
      }
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (!thread.isDaemon() && thread != Thread.currentThread()) {
          System.out.println(thread);
        }
      }
    }
  }

  @Test
  void aClosedHostKeepsNoJvmAlive() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Short.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    assertThat(process.inputReader().lines().filter(line -> line.startsWith("Thread["))).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
