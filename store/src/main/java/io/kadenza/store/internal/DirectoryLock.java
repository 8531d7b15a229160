package io.kadenza.store.internal;

import io.kadenza.store.StoreException;
import io.kadenza.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Holds a directory for this process. The operating system's lock on a file in it ends with the
/// process, however that ends, so a file that is left behind keeps nobody out.
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /// @throws StoreException if somebody has it
  static DirectoryLock take(Path directory) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) != null) {
        return new DirectoryLock(channel);
      }
      channel.close();
      throw new StoreException(
          Reason.IN_USE, "another node uses " + directory + "; stop it, or name another directory");
    } catch (IOException failure) {
      throw Failures.of(directory, failure);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException byThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException nothingIsLost) {
      // The lock goes with the process at the latest.
    }
  }
}
