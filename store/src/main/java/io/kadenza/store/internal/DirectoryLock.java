package io.kadenza.store.internal;

import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Holds a directory for this process, alone or together with others that only read. The operating
/// system's lock on a file in it ends with the process, however that ends, so a file that is left
/// behind keeps nobody out.
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "lock";

  private final Optional<FileChannel> channel;

  private DirectoryLock(Optional<FileChannel> channel) {
    this.channel = channel;
  }

  /// @throws StoreException if somebody has it
  static DirectoryLock take(Path directory) {
    return lock(directory, false, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /// Keeps stores out, not other readers. The file is not made for this: every store makes it, and
  /// none removes it.
  ///
  /// @throws StoreException if a store has the directory
  static DirectoryLock share(Path directory) {
    return Files.exists(directory.resolve(FILE))
        ? lock(directory, true, StandardOpenOption.READ)
        : new DirectoryLock(Optional.empty());
  }

  private static DirectoryLock lock(Path directory, boolean shared, OpenOption... how) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(directory.resolve(FILE), how);
      if (lock(channel, shared)) {
        return new DirectoryLock(Optional.of(channel));
      }
      channel.close();
      throw new StoreException(
          Reason.IN_USE, "another node uses " + directory + "; stop it, or name another directory");
    } catch (IOException failure) {
      throw Failures.of(directory, failure);
    }
  }

  private static boolean lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (OverlappingFileLockException byThisProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException nothingIsLost) {
      // The lock goes with the process at the latest.
    }
  }
}
