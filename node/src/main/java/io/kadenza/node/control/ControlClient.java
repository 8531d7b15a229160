package io.kadenza.node.control;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a running node of the same user.
public final class ControlClient {
  /// A value of 10 KiB in base64 and what is said of it take a fraction of this.
  private static final int MAX_LINE_BYTES = 256 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  /// A node answers at once; who does not is suspended, or hangs.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// The system's words for what another user's socket says.
  private static final String DENIED = "Permission denied";

  private final Path path;
  private final Duration patience;

  /// @param path of the node's socket
  public ControlClient(Path path) {
    this(path, PATIENCE);
  }

  /// @param patience how long the node may say nothing
  ControlClient(Path path, Duration patience) {
    this.path = path;
    this.patience = patience;
  }

  /// Whether a node listens there.
  public boolean isThere() {
    return SocketFile.isInUse(path);
  }

  /// Asks a question.
  ///
  /// @param lines takes each line of the answer as it comes, as it is and as what it says
  /// @throws Failure if no node answers, or not in full
  public void ask(ControlRequest question, BiConsumer<String, JsonNode> lines) {
    try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(path));
        var in = new BufferedInputStream(Channels.newInputStream(connection))) {
      var bytes = ByteBuffer.wrap((question.line() + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
      hear(connection, in, lines);
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(
          Exit.NO_PEER,
          "no node answers at " + path + " (" + e.getMessage() + "); " + advice(e),
          e);
    }
  }

  private static String advice(Exception e) {
    return String.valueOf(e.getMessage()).equals(DENIED)
        ? "ask as the user whose node it is, or as root"
        : "start one with kad run, or give its --control PATH or its --data DIR";
  }

  private void hear(SocketChannel connection, InputStream in, BiConsumer<String, JsonNode> lines)
      throws IOException {
    try (var silence = new Silence(connection, patience)) {
      try {
        read(in, silence, lines);
      } catch (IOException e) {
        throw silence.isOver() ? new IOException(suspended(), e) : e;
      }
    }
  }

  private String suspended() {
    return "it has said nothing for " + patience.toSeconds() + " s: it is suspended, or hangs";
  }

  private void read(InputStream in, Silence silence, BiConsumer<String, JsonNode> lines)
      throws IOException {
    while (true) {
      String text = line(in);
      silence.broken();
      JsonNode line = parse(text);
      switch (line.path("schema").asString("")) {
        case "kad.control.end/v1" -> {
          return;
        }
        case "kad.control.error/v1" ->
            throw Failure.usage("the node says: " + line.path("why").asString(""));
        default -> lines.accept(text, line);
      }
    }
  }

  private JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new Failure(Exit.INTERNAL, "what listens at " + path + " speaks no JSON", e);
    }
  }

  private String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("it ended in the middle of its answer");
      }
      if (line.size() == MAX_LINE_BYTES) {
        throw new IOException("it sends a line without an end");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}
