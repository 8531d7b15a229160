package io.kadenza.bench.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/// One life of a [Victim], from its start to the signal that cannot be caught. Confined to the
/// thread that watches it.
final class Life {
  private final Process process;
  private final long first;
  private final BitSet done;
  private long openMillis = -1;

  /// Starts a victim.
  ///
  /// @param done where to note what it acknowledges, by number
  Life(Path directory, long first, int rate, BitSet done) throws IOException {
    this.first = first;
    this.done = done;
    this.process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Victim.class.getName(),
                    directory.toString(),
                    Long.toString(first),
                    Integer.toString(rate)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /// Watches it and kills it some time after it has opened its store.
  ///
  /// @return how many deeds it acknowledged
  /// @throws IOException if it ends by itself, or finds fault with what the one before left behind
  int watch(Duration span) throws IOException, InterruptedException {
    int before = done.cardinality();
    Thread killer = null;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("open ")) {
          openMillis = Long.parseLong(line.substring("open ".length()));
          killer = Thread.ofVirtual().start(() -> kill(span));
        } else if (line.startsWith("done ")) {
          note(line.substring("done ".length()));
        } else {
          throw new IOException("a victim said: " + line);
        }
      }
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    if (killer == null) {
      throw new IOException("a victim ended by itself, before it opened its store");
    }
    killer.join();
    return done.cardinality() - before;
  }

  /// The handle's way of killing leaves the pipe to be read to its end.
  private void kill(Duration span) {
    try {
      Thread.sleep(span);
    } catch (InterruptedException now) {
      Thread.currentThread().interrupt();
    }
    process.toHandle().destroyForcibly();
  }

  /// The last line may be cut off: a shorter number of the same life was acknowledged before.
  private void note(String number) {
    long deed = Long.parseLong(number);
    if (deed >= first) {
      done.set((int) deed);
    }
  }

  long openMillis() {
    return openMillis;
  }
}
