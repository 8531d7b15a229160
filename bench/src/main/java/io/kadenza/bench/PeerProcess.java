package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that takes part, while it runs: it is talked to in lines, and the kernel keeps account
/// of it (`proc(5)`). One thread at a time, except for the kernel's accounts.
public final class PeerProcess implements AutoCloseable {
  /// USER_HZ, which is 100 on every architecture that the JDK runs on.
  private static final double TICKS_PER_SECOND = 100;

  private static final int PAGE_BYTES = 4_096;
  private static final int UTIME = 14 - 3;
  private static final int STIME = 15 - 3;

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final JsonNode ready;

  private PeerProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.in = new PrintStream(process.getOutputStream(), true, UTF_8);
    String line = out.readLine();
    // A JVM may have something to say first, such as that it is being recorded.
    while (line != null && !line.startsWith("{")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new RaceException("the program ended before it was ready");
    }
    this.ready = JsonMapper.shared().readTree(line);
  }

  /// Starts a program and waits until it says that it is ready.
  ///
  /// @param log what it writes on standard error is added there
  public static PeerProcess start(List<String> command, Path log) {
    try {
      return new PeerProcess(
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new RaceException("cannot start " + command + ": " + e.getMessage(), e);
    }
  }

  /// What the program said of itself at the start.
  public JsonNode ready() {
    return ready;
  }

  /// Sends one line and returns the answer.
  public String ask(String line) {
    in.println(line);
    try {
      String answer = out.readLine();
      if (answer == null) {
        throw new RaceException("the program ended when asked for its " + line);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends one object and returns the one that it is answered with.
  ///
  /// @throws RaceException if the program says that it failed
  public JsonNode ask(JsonNode request) {
    JsonNode answer = JsonMapper.shared().readTree(ask(request.toString()));
    if (answer.has("error")) {
      throw new RaceException(
          "%s failed: %s".formatted(request.path("verb"), answer.get("error").asString()));
    }
    return answer;
  }

  /// Seconds of processor time used so far, in user and in kernel mode, by all threads.
  public double cpuSeconds() {
    String stat = read("stat");
    // The second field, the name, is in parentheses and may hold anything.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }

  public long residentBytes() {
    return Long.parseLong(read("statm").split(" ", -1)[1]) * PAGE_BYTES;
  }

  /// The most that was resident at any time.
  public long peakResidentBytes() {
    return read("status")
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElseThrow();
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw new RaceException("the program is gone", e);
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
