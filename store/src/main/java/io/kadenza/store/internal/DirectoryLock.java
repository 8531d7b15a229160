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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Holds a directory for this process, alone or together with others that only read. The operating
/// system's lock on a file in it ends with the process, however that ends, so a file that is left
/// behind keeps nobody out.
final class DirectoryLock implements AutoCloseable {
  static final String FILE = "lock";

  /// The one lock that this process has on a directory, whoever shares it.
  private static final class Held {
    final FileChannel channel;
    final boolean shared;
    int owners = 1;

    Held(FileChannel channel, boolean shared) {
      this.channel = channel;
      this.shared = shared;
    }
  }

  /// What this process has, by the directory's real path; guarded by itself. Static, because the
  /// system's lock is the whole process's: it ends as soon as any channel to the file is closed
  /// ("on some systems, closing a channel releases all locks held by the Java virtual machine on
  /// the underlying file"), so whoever has to be refused must not even open one.
  private static final Map<Path, Held> HELD = new HashMap<>();

  private final Optional<Path> directory;
  private boolean closed;

  private DirectoryLock(Optional<Path> directory) {
    this.directory = directory;
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
    synchronized (HELD) {
      try {
        Path real = directory.toRealPath();
        var lock = new DirectoryLock(Optional.of(real));
        Held held = HELD.get(real);
        if (held == null) {
          hold(directory, real, shared, how);
        } else if (shared && held.shared) {
          held.owners++;
        } else {
          throw inUse(directory);
        }
        return lock;
      } catch (IOException failure) {
        throw Failures.of(directory, failure);
      }
    }
  }

  private static void hold(Path directory, Path real, boolean shared, OpenOption... how)
      throws IOException {
    FileChannel channel = FileChannel.open(directory.resolve(FILE), how);
    try {
      if (!lock(channel, shared)) {
        throw inUse(directory);
      }
      HELD.put(real, new Held(channel, shared));
    } catch (IOException | RuntimeException | Error failed) {
      channel.close();
      throw failed;
    }
  }

  private static boolean lock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (OverlappingFileLockException byThisProcess) {
      return false;
    }
  }

  private static StoreException inUse(Path directory) {
    return new StoreException(
        Reason.IN_USE, "another node uses " + directory + "; stop it, or name another directory");
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (closed || directory.isEmpty()) {
        return;
      }
      closed = true;
      Held held = HELD.get(directory.get());
      if (held == null || --held.owners > 0) {
        return;
      }
      HELD.remove(directory.get());
      try {
        held.channel.close();
      } catch (IOException nothingIsLost) {
        // The lock goes with the process at the latest.
      }
    }
  }
}
