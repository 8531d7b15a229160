package io.kadenza.node.control;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.Failure;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Unix domain socket at which a node answers its user's own commands, and nobody else's: only
/// its owner may open it. It takes one question a connection. Safe for use by any thread.
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  /// Commands that may be answered at a time.
  private static final int MAX_CONNECTIONS = 16;

  /// How long a command may take to ask.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// How long a command may take for a line of its answer, or as much as fits into the socket: who
  /// pages through it is a person.
  private static final Duration READING = Duration.ofMinutes(10);

  /// How long it rests when it cannot accept, for want of file descriptors for example.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SocketFile file;
  private final Answers answers;
  private final Duration reading;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private ControlSocket(SocketFile file, Answers answers, Duration reading) {
    this.file = file;
    this.answers = answers;
    this.reading = reading;
  }

  /// Opens the socket of a node.
  ///
  /// @throws Failure if another node listens there, or the file cannot be made
  public static ControlSocket open(Path path, Node node) {
    return open(path, new NodeAnswers(node));
  }

  static ControlSocket open(Path path, Answers answers) {
    if (SocketFile.isInUse(path)) {
      throw Failure.usage(
          "another node listens at " + path + "; give --control PATH to have a socket of its own");
    }
    try {
      return on(SocketFile.bind(path), answers, PAUSE, READING);
    } catch (IOException | UnsupportedOperationException e) {
      String why = e instanceof IOException io ? Failure.reason(io) : e.getMessage();
      throw Failure.usage(
          "cannot listen at " + path + " (" + why + "); name another with --control");
    }
  }

  /// Answers at a socket that listens.
  static ControlSocket on(SocketFile file, Answers answers, Duration pause, Duration reading) {
    var socket = new ControlSocket(file, answers, reading);
    Thread.ofVirtual().name("kad-control").start(() -> socket.acceptAll(pause));
    return socket;
  }

  public Path path() {
    return file.path();
  }

  private void acceptAll(Duration pause) {
    boolean isInTrouble = false;
    try {
      while (true) {
        try {
          accept();
          isInTrouble = false;
        } catch (ClosedChannelException closed) {
          return;
        } catch (IOException e) {
          if (!isInTrouble) {
            LOG.warn(
                "the control socket {} cannot accept, and goes on trying: {}",
                path(),
                e.getMessage());
          }
          isInTrouble = true;
          Thread.sleep(pause);
        }
      }
    } catch (InterruptedException nobodyInterruptsUs) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() throws IOException {
    SocketChannel connection = file.channel().accept();
    if (open.size() >= MAX_CONNECTIONS) {
      connection.close();
      return;
    }
    open.add(connection);
    Thread.ofVirtual().name("kad-control-answer").start(() -> serve(connection));
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      String question = question(connection);
      try (var silence = new Silence(connection, reading);
          var out =
              new BufferedWriter(
                  Channels.newWriter(connection, StandardCharsets.US_ASCII), 8_192)) {
        answer(
            question,
            line -> {
              write(out, line);
              silence.broken();
            });
      }
    } catch (IOException | Lost gone) {
      LOG.debug("a command went away: {}", gone.toString());
    } finally {
      open.remove(connection);
    }
  }

  private static String question(SocketChannel connection) throws IOException {
    var buffer = ByteBuffer.allocate(ControlRequest.MAX_BYTES);
    try (var _ = new Silence(connection, PATIENCE)) {
      while (buffer.hasRemaining() && connection.read(buffer) >= 0) {
        if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == '\n') {
          break;
        }
      }
    }
    return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
  }

  private void answer(String question, Consumer<JsonLine> lines) {
    try {
      answers.answer(ControlRequest.parse(question), lines);
      lines.accept(JsonLine.of("kad.control.end/v1"));
    } catch (MalformedException | Failure refused) {
      lines.accept(
          JsonLine.of("kad.control.error/v1").with("why", String.valueOf(refused.getMessage())));
    } catch (Lost gone) {
      throw gone;
    } catch (RuntimeException bug) {
      LOG.error("the question {} found a fault; please report it", question.strip(), bug);
      lines.accept(JsonLine.of("kad.control.error/v1").with("why", "internal fault: " + bug));
    }
  }

  private static void write(BufferedWriter out, JsonLine line) {
    try {
      out.write(line.toString());
      out.write('\n');
    } catch (IOException e) {
      throw new Lost(e);
    }
  }

  /// The asker has gone away in the middle of its answer.
  private static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(IOException cause) {
      super(cause);
    }
  }

  /// Stops answering and removes the file. Idempotent.
  @Override
  public void close() {
    try {
      file.channel().close();
      for (SocketChannel connection : open) {
        connection.close();
      }
      file.delete();
    } catch (IOException e) {
      LOG.debug("the control socket {} could not be removed", path(), e);
    }
  }
}
