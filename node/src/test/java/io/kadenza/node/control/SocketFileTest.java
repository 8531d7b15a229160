package io.kadenza.node.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.node.FileKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("kad.sock");
  }

  @Test
  void belongsToItsOwnerAloneAndLeavesNothingElse() throws IOException {
    SocketFile file = SocketFile.bind(path());
    try (var _ = file.channel()) {
      assertThat(SocketFile.isInUse(path())).isTrue();
      assertThat(Files.getPosixFilePermissions(path()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      try (var files = Files.list(directory)) {
        assertThat(files).containsExactly(path());
      }
    }
    file.delete();

    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatANodeThatWasKilledHasLeftIsReplaced() throws IOException {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();
    assertThat(SocketFile.isInUse(path())).isFalse();

    try (var _ = SocketFile.bind(path()).channel()) {
      assertThat(SocketFile.isInUse(path())).isTrue();
    }
  }

  @Test
  void whatAnotherNodeHasPutInItsPlaceIsNotRemoved() throws IOException {
    SocketFile first = SocketFile.bind(path());
    SocketFile second = SocketFile.bind(path());
    try (var _ = first.channel();
        var _ = second.channel()) {
      first.delete();
      assertThat(SocketFile.isInUse(path())).isTrue();

      second.delete();
      assertThat(path()).doesNotExist();
    }
  }

  @Test
  void aFileOfAnotherKindIsLeftAlone() throws IOException {
    Files.writeString(path(), "precious");

    assertThatThrownBy(() -> SocketFile.bind(path()))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("it is a file");
    assertThat(path()).hasContent("precious");
    assertThat(SocketFile.isInUse(path())).isFalse();
  }

  /// As `--control /dev/null` of a user who may replace it.
  @Test
  void whatIsNeitherAFileNorASocketIsLeftAloneToo() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path().toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> SocketFile.bind(path()))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("it is a pipe");
    assertThat(FileKind.of(path())).isEqualTo(FileKind.PIPE);
  }

  /// What the address of a socket holds on macOS; Linux has four more.
  @Test
  void aPathMayBeAsLongAsTheAddressOfASocket() throws IOException {
    int missing = 103 - path().toString().length() - 1;
    Path deep = Files.createDirectory(directory.resolve("x".repeat(missing))).resolve("kad.sock");
    assertThat(deep.toString()).hasSize(103);

    try (var _ = SocketFile.bind(deep).channel()) {
      assertThat(SocketFile.isInUse(deep)).isTrue();
    }
  }

  @Test
  void aPathThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> SocketFile.bind(directory.resolve("x".repeat(120))))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("too long a name");
  }

  @Test
  void ofAPlaceThatIsNotThereItIsTheDirectoryThatIsNamed() {
    Path nowhere = directory.resolve("absent");

    assertThatThrownBy(() -> SocketFile.bind(nowhere.resolve("kad.sock")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(nowhere.toString());
  }
}
