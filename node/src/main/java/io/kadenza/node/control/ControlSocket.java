package io.kadenza.node.control;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.Failure;
import io.kadenza.node.FileKind;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Unix domain socket at which a node answers its user's own commands, and nobody else's: only
/// its owner may open it. It takes one question a connection. Safe for use by any thread.
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  /// What the address of a Unix domain socket holds on macOS; Linux has four more.
  private static final int MAX_PATH_BYTES = 103;

  /// Commands that may be answered at a time.
  private static final int MAX_CONNECTIONS = 16;

  /// How long a command may take to ask.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// How long a command may take for a line of its answer, or as much as fits into the socket: who
  /// pages through it is a person.
  private static final Duration READING = Duration.ofMinutes(10);

  /// How long it rests when it cannot accept, for want of file descriptors for example.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// As many as four letters and digits tell apart.
  private static final int NESTS = 36 * 36 * 36 * 36;

  private static final int NEST_TRIES = 10;

  private final Path path;
  private final ServerSocketChannel server;
  private final Answers answers;
  private final Duration reading;
  private final @Nullable Object fileKey;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private ControlSocket(Path path, ServerSocketChannel server, Answers answers, Duration reading)
      throws IOException {
    this.path = path;
    this.server = server;
    this.answers = answers;
    this.reading = reading;
    this.fileKey = fileKey(path);
  }

  /// Opens the socket of a node.
  ///
  /// @throws Failure if another node listens there, or the file cannot be made
  public static ControlSocket open(Path path, Node node) {
    return open(path, new NodeAnswers(node));
  }

  static ControlSocket open(Path path, Answers answers) {
    if (isInUse(path)) {
      throw Failure.usage(
          "another node listens at " + path + "; give --control PATH to have a socket of its own");
    }
    try {
      return on(path, bind(path), answers, PAUSE, READING);
    } catch (IOException | UnsupportedOperationException e) {
      String why = e instanceof IOException io ? Failure.reason(io) : e.getMessage();
      throw Failure.usage(
          "cannot listen at " + path + " (" + why + "); name another with --control");
    }
  }

  /// Answers at a socket that listens.
  static ControlSocket on(
      Path path, ServerSocketChannel server, Answers answers, Duration pause, Duration reading)
      throws IOException {
    var socket = new ControlSocket(path, server, answers, reading);
    Thread.ofVirtual().name("kad-control").start(() -> socket.acceptAll(pause));
    return socket;
  }

  /// A file that is left of a node that was killed does not answer.
  static boolean isInUse(Path path) {
    if (!Files.exists(path)) {
      return false;
    }
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (IOException nobody) {
      return false;
    }
  }

  /// The socket is made in a directory that nobody else may enter, made private, and only then put
  /// in its place, where it replaces what is left of an earlier one.
  private static ServerSocketChannel bind(Path path) throws IOException {
    FileKind kind = FileKind.of(path);
    if (kind != FileKind.NOTHING && kind != FileKind.SOCKET) {
      throw new FileSystemException("it is " + kind);
    }
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new FileSystemException("more than " + MAX_PATH_BYTES + " bytes are too long a name");
    }
    Path nest = nest(path);
    Path made = nest.resolve("s");
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(made));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      return channel;
    } catch (IOException | UnsupportedOperationException failed) {
      channel.close();
      Files.deleteIfExists(made);
      throw failed;
    } finally {
      Files.deleteIfExists(nest);
    }
  }

  /// A new directory beside `path`. Its name is so short that a socket in it has no longer a path
  /// than [ControlPlace#DEFAULT_NAME] beside it.
  private static Path nest(Path path) throws IOException {
    for (int left = NEST_TRIES; ; left--) {
      int number = ThreadLocalRandom.current().nextInt(NESTS);
      try {
        return Files.createDirectory(
            path.resolveSibling("." + Integer.toString(number, Character.MAX_RADIX)),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException taken) {
        if (left == 0) {
          throw taken;
        }
      } catch (AccessDeniedException denied) {
        throw new AccessDeniedException(String.valueOf(path.getParent()));
      } catch (NoSuchFileException nowhere) {
        throw new NoSuchFileException(String.valueOf(path.getParent()));
      }
    }
  }

  private static @Nullable Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  public Path path() {
    return path;
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
                path,
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
    SocketChannel connection = server.accept();
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
      server.close();
      for (SocketChannel connection : open) {
        connection.close();
      }
      // Not if another node has put its own there.
      if (Files.exists(path) && Objects.equals(fileKey, fileKey(path))) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.debug("the control socket {} could not be removed", path, e);
    }
  }
}
