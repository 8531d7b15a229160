package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.multiformats.Multiaddr;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressFileTest {
  private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/127.0.0.1/tcp/4001");

  @TempDir Path directory;

  private Path path() {
    return directory.resolve("addr.txt");
  }

  @Test
  void isReplacedAsAWhole() throws Exception {
    Files.writeString(path(), "what was there before\n".repeat(10));

    new AddressFile(path()).write(List.of(ADDRESS));

    assertThat(path()).hasContent(ADDRESS + "\n");
    assertThat(new AddressFile(path()).read()).extracting(Seed::address).containsExactly(ADDRESS);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(path());
    }
  }

  /// A rename would take a device away as well, and everybody else's `/dev/null` with it.
  @Test
  void whatIsNoFileIsLeftAlone() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path().toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> new AddressFile(path()).write(List.of(ADDRESS)))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.USAGE))
        .hasMessageContaining("it is a pipe");
    assertThat(FileKind.of(path())).isEqualTo(FileKind.PIPE);
  }

  /// `/dev/stdout` is one.
  @Test
  void aLinkIsLeftAlone() throws Exception {
    Path target = Files.writeString(directory.resolve("precious"), "precious");
    Files.createSymbolicLink(path(), target);

    assertThatThrownBy(() -> new AddressFile(path()).write(List.of(ADDRESS)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it is a symbolic link");
    assertThat(FileKind.of(path(), LinkOption.NOFOLLOW_LINKS)).isEqualTo(FileKind.LINK);
    assertThat(target).hasContent("precious");
  }

  @Test
  void aFileWithoutAnEndIsNotRead() {
    assertThatThrownBy(() -> new AddressFile(Path.of("/dev/zero")).read())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("too large");
  }

  @Test
  void nothingIsReadOfNothing() {
    assertThat(new AddressFile(path()).read()).isEmpty();
    assertThat(new AddressFile(Path.of("/dev/null")).read()).isEmpty();
  }
}
