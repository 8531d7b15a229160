package io.kadenza.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/// Writes a key file beside its place, makes it durable, and only then gives it its name: by a hard
/// link, which unlike a rename fails when the name is taken.
final class KeyFileWriter {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private KeyFileWriter() {}

  /// @throws FileAlreadyExistsException when there is something of that name, be it a broken link
  static void write(Path file, byte[] secret) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new FileSystemException(file.toString(), null, "is no file name");
    }
    boolean posix = Files.getFileStore(existing(directory)).supportsFileAttributeView("posix");
    try {
      makeDirectory(directory, posix);
      Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID());
      try {
        writeDurably(temporary, secret, posix);
        publish(temporary, target, secret, posix);
      } finally {
        Files.deleteIfExists(temporary);
      }
      force(directory);
    } catch (AccessDeniedException e) {
      // Nobody knows the file beside it by its name.
      throw new AccessDeniedException(directory.toString());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static void makeDirectory(Path directory, boolean posix) throws IOException {
    try {
      Files.createDirectories(directory, mode(posix, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      // Not to be taken for the key file's own existence.
      throw new FileSystemException(directory.toString(), null, "is not a directory");
    }
  }

  private static Path existing(Path directory) {
    Path at = directory;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private static void publish(Path temporary, Path target, byte[] secret, boolean posix)
      throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      // No hard links here (FAT, some network file systems): still never over another file, but a
      // crash in this write leaves a cut one, which loading refuses.
      writeDurably(target, secret, posix);
    }
  }

  private static void writeDurably(Path file, byte[] content, boolean posix) throws IOException {
    try (var out = FileChannel.open(file, NEW, mode(posix, "rw-------"))) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
  }

  /// Makes the name durable too.
  private static void force(Path directory) {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system lets a directory be opened; there the file itself is all we can force.
      return;
    }
  }

  private static FileAttribute<?>[] mode(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
