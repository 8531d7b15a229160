package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.multiformats.Multiaddr;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running server and what the kernel says of it (`proc(5)`). One thread at a time, except for
/// the kernel's accounts.
final class ServerProcess implements AutoCloseable {
  /// USER_HZ, which is 100 on every architecture that the JDK runs on.
  private static final double TICKS_PER_SECOND = 100;

  private static final int PAGE_BYTES = 4_096;
  private static final int UTIME = 14 - 3;
  private static final int STIME = 15 - 3;

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final boolean tells;
  private final JsonNode ready;
  private final Multiaddr address;

  private ServerProcess(Process process, boolean tells) throws IOException {
    this.process = process;
    this.tells = tells;
    this.out = process.inputReader(UTF_8);
    this.in = new PrintStream(process.getOutputStream(), true, UTF_8);
    String line = out.readLine();
    // A JVM may have something to say first, such as that it is being recorded.
    while (line != null && !line.startsWith("{")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new RaceException("the server ended before it was ready");
    }
    this.ready = JsonMapper.shared().readTree(line);
    this.address = Multiaddr.parse(ready.get("addrs").get(0).asString());
  }

  /// Starts a server and waits until it listens.
  static ServerProcess start(Contender contender, Path log) {
    try {
      return new ServerProcess(
          new ProcessBuilder(contender.command())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start(),
          contender.tells());
    } catch (IOException e) {
      throw new RaceException("cannot start " + contender.command() + ": " + e.getMessage(), e);
    }
  }

  /// Whether it answers questions; see [Contender].
  boolean tells() {
    return tells;
  }

  Multiaddr address() {
    return address;
  }

  /// What the server said of itself at the start.
  JsonNode ready() {
    return ready;
  }

  /// Sends one line and returns the answer.
  String ask(String line) {
    in.println(line);
    try {
      String answer = out.readLine();
      if (answer == null) {
        throw new RaceException("the server ended when asked for its " + line);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Bytes of heap in use after a collection; 0 for a server that does not tell.
  long heapInUse() {
    return tells ? Long.parseLong(ask("heap")) : 0;
  }

  long pid() {
    return process.pid();
  }

  /// Seconds of processor time used so far, in user and in kernel mode, by all threads.
  double cpuSeconds() {
    String stat = read("stat");
    // The second field, the name, is in parentheses and may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }

  long residentBytes() {
    return Long.parseLong(read("statm").split(" ", -1)[1]) * PAGE_BYTES;
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new RaceException("the server is gone", e);
    }
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
