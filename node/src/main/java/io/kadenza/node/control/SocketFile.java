package io.kadenza.node.control;

import io.kadenza.node.FileKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
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
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The file of a Unix domain socket, and the channel that listens at it. Immutable.
final class SocketFile {
  /// What the address of a Unix domain socket holds on macOS; Linux has four more.
  private static final int MAX_PATH_BYTES = 103;

  /// As many as four letters and digits tell apart.
  private static final int NESTS = 36 * 36 * 36 * 36;

  private static final int NEST_TRIES = 10;

  private final Path path;
  private final ServerSocketChannel channel;

  /// Which file it is, whatever its name; null where the file system has no such thing.
  private final @Nullable Object key;

  /// @param channel bound already, to a file that is at `path` now
  SocketFile(Path path, ServerSocketChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.key = key(path);
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

  /// Listens at a file that only its owner may open. The socket is made in a directory that nobody
  /// else may enter, made private, and only then put in its place, where it replaces what is left
  /// of an earlier one.
  ///
  /// @throws IOException if it cannot be made, or there is something else in its place
  static SocketFile bind(Path path) throws IOException {
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
      return new SocketFile(path, channel);
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

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  Path path() {
    return path;
  }

  ServerSocketChannel channel() {
    return channel;
  }

  /// Removes it, unless another node has put its own there.
  void delete() throws IOException {
    if (Files.exists(path) && Objects.equals(key, key(path))) {
      Files.delete(path);
    }
  }
}
