package io.kadenza.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir private Path directory;

  /// Exits with 0 if it gets the lock on a file.
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      try (var channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
        System.exit(channel.tryLock() == null ? 1 : 0);
      }
    }
  }

  private boolean isFreeForAnotherProcess() throws Exception {
    var classes = OtherProcess.class.getProtectionDomain().getCodeSource().getLocation();
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    var other =
        new ProcessBuilder(
                java,
                "-cp",
                Objects.requireNonNull(new File(classes.toURI()).getPath()),
                OtherProcess.class.getName(),
                directory.resolve(DirectoryLock.FILE).toString())
            .inheritIO()
            .start();
    return other.waitFor() == 0;
  }

  private void assertInUse(Runnable open) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(open::run)
        .extracting(StoreException::reason)
        .isEqualTo(StoreException.Reason.IN_USE);
  }

  @Test
  void t46WhoIsRefusedHereLetsNoOtherProcessIn() throws Exception {
    var lock = DirectoryLock.take(directory);
    assertInUse(() -> DirectoryLock.take(directory));
    assertInUse(() -> DirectoryLock.share(directory));
    assertInUse(() -> DirectoryLock.take(directory.resolve("..").resolve(directory.getFileName())));

    assertThat(isFreeForAnotherProcess()).isFalse();

    lock.close();
    assertThat(isFreeForAnotherProcess()).isTrue();
  }

  @Test
  void readersOfOneProcessShareItUntilTheLastHasGone() throws Exception {
    DirectoryLock.take(directory).close();
    var first = DirectoryLock.share(directory);
    var second = DirectoryLock.share(directory);

    first.close();
    first.close();
    assertInUse(() -> DirectoryLock.take(directory));
    assertThat(isFreeForAnotherProcess()).isFalse();

    second.close();
    DirectoryLock.take(directory).close();
  }
}
