package io.kadenza.node.cli;

import io.kadenza.machine.Deadline;
import io.kadenza.node.terminal.ResultStream;
import io.kadenza.node.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The program run in this process, as a test sees it: what it printed, and how it ended.
public final class Session implements AutoCloseable {
  private final Watched out = new Watched();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final Path directory;
  private InputStream in = InputStream.nullInputStream();
  private boolean tty;
  private Thread running = Thread.currentThread();
  private volatile int exit = -1;
  private volatile boolean ended;

  public Session(Path directory) {
    this.directory = directory;
  }

  /// Starts `kad run` with these options, and waits until the node runs.
  static Session ofNode(Path directory, String... options) throws InterruptedException {
    var args = new ArrayList<>(List.of("run"));
    args.addAll(List.of(options));
    Session session = new Session(directory).start(args.toArray(String[]::new));
    session.await("Node is now running. Press Ctrl+C to stop."::equals);
    return session;
  }

  Session with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Session reading(String input) {
    in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Session onTerminal() {
    tty = true;
    return this;
  }

  /// Runs a command to its end and returns the exit code.
  public int run(String... args) {
    var terminal =
        new Terminal(
            new ResultStream(out),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            in,
            Map.copyOf(environment),
            directory,
            tty,
            tty);
    exit = new CommandLineRunner(terminal).run(args);
    return exit;
  }

  /// Runs a command that ends only when it is told to.
  public Session start(String... args) {
    running =
        Thread.ofPlatform()
            .name("kad " + args[0])
            .start(() -> {
              run(args);
              ended = true;
              out.wake();
            });
    return this;
  }

  /// Waits for a line, which the command must print in good time.
  public String await(Predicate<String> wanted) throws InterruptedException {
    var deadline = Deadline.after(Duration.ofSeconds(30));
    synchronized (out) {
      while (true) {
        var found = lines().stream().filter(wanted).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        if (deadline.isOver() || ended) {
          throw new AssertionError("the line did not come; there is\n" + out() + "\n" + err());
        }
        out.wait(deadline.left().toMillis());
      }
    }
  }

  public List<String> lines() {
    return out().lines().toList();
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Standard output as one JSON object.
  public JsonNode json() {
    return new JsonMapper().readTree(out());
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  public int exitCode() {
    return exit;
  }

  /// Interrupts the command, as Ctrl-C does, and waits for its end.
  @Override
  public void close() {
    if (running == Thread.currentThread()) {
      return;
    }
    running.interrupt();
    try {
      running.join(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Wakes who waits for output.
  private static final class Watched extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    synchronized void wake() {
      notifyAll();
    }
  }
}
