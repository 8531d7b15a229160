package io.kadenza.node.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.terminal.JsonLine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlSocketTest {
  private static final Answers THREE =
      (_, lines) -> {
        for (int i = 0; i < 3; i++) {
          lines.accept(JsonLine.of("test/v1").with("i", i));
        }
      };

  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path directory;

  private Path path() {
    return directory.resolve("kad.sock");
  }

  private static List<String> ask(Path path) {
    var lines = new ArrayList<String>();
    new ControlClient(path).ask(new ControlRequest.Table(), (text, _) -> lines.add(text));
    return lines;
  }

  /// What comes back for a line that no client of ours sends.
  private static String raw(Path path, String question) throws IOException {
    try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      connection.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.UTF_8)));
      connection.shutdownOutput();
      var answer = ByteBuffer.allocate(4_096);
      while (connection.read(answer) >= 0) {}
      return StandardCharsets.UTF_8.decode(answer.flip()).toString();
    }
  }

  @Test
  void answersInLinesAndBelongsToItsOwnerAlone() throws Exception {
    try (var socket = ControlSocket.open(path(), THREE)) {
      assertThat(ask(socket.path()))
          .containsExactly(
              "{\"schema\":\"test/v1\",\"i\":0}",
              "{\"schema\":\"test/v1\",\"i\":1}",
              "{\"schema\":\"test/v1\",\"i\":2}");
      assertThat(ask(socket.path())).hasSize(3);
      assertThat(Files.getPosixFilePermissions(path()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whoSaysNothingIsNotWaitedForForEver() throws Exception {
    try (var mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mute.bind(UnixDomainSocketAddress.of(path()));
      var client = new ControlClient(path(), Duration.ofMillis(20));

      assertThatThrownBy(() -> client.ask(new ControlRequest.Table(), (_, _) -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("suspended")
          .extracting(e -> ((Failure) e).exit())
          .isEqualTo(Exit.NO_PEER);
    }
  }

  @Test
  void t44ForWantOfFilesItRestsAndAnswersLater() throws Exception {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path()));
    var starving = new StarvingChannel(server, 3);
    try (var socket = ControlSocket.on(new SocketFile(path(), starving), THREE, PAUSE, LONG)) {
      assertThat(ask(socket.path())).hasSize(3);
    }
  }

  /// Each has one of a few places, as a suspended `kad records ls` does.
  @Test
  void whoDoesNotReadTheAnswerIsNotWaitedForForEver() throws Exception {
    var lost = new CountDownLatch(1);
    Answers endless =
        (_, lines) -> {
          try {
            while (true) {
              lines.accept(JsonLine.of("test/v1"));
            }
          } finally {
            lost.countDown();
          }
        };
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path()));
    var file = new SocketFile(path(), server);
    try (var _ = ControlSocket.on(file, endless, PAUSE, Duration.ofMillis(20));
        var connection = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      String question = new ControlRequest.Table().line() + "\n";
      connection.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.UTF_8)));

      assertThat(lost.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void twoNodesDoNotShareASocket() {
    try (var _ = ControlSocket.open(path(), THREE)) {
      assertThatThrownBy(() -> ControlSocket.open(path(), THREE))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another node listens at " + path());
      assertThat(ask(path())).hasSize(3);
    }
  }

  @Test
  void aFileOfAnotherKindIsLeftAlone() throws Exception {
    Files.writeString(path(), "precious");

    assertThatThrownBy(() -> ControlSocket.open(path(), THREE))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it is a file");
    assertThat(path()).hasContent("precious");
  }

  @Test
  void ofAPlaceThatIsNotThereItIsTheDirectoryThatIsNamed() {
    Path nowhere = directory.resolve("absent");

    assertThatThrownBy(() -> ControlSocket.open(nowhere.resolve("kad.sock"), THREE))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("(there is no " + nowhere + ")");
  }

  @Test
  void aPathThatIsTooLongIsAFailureThatSaysSo() {
    Path deep = directory.resolve("x".repeat(120));

    assertThatThrownBy(() -> ControlSocket.open(deep, THREE))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--control");
    assertThat(new ControlClient(deep).isThere()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "nonsense\n",
        "[]\n",
        "{\"schema\":\"kad.control/v2\",\"ask\":\"table\"}\n",
        "{\"schema\":\"kad.control/v1\",\"ask\":\"shutdown\"}\n",
        "{\"schema\":\"kad.control/v1\"}\n"
      })
  void aQuestionThatIsNoneIsRefused(String question) throws Exception {
    try (var _ = ControlSocket.open(path(), THREE)) {
      assertThat(raw(path(), question)).startsWith("{\"schema\":\"kad.control.error/v1\",\"why\":");
      assertThat(ask(path())).hasSize(3);
    }
  }

  @Test
  void aQuestionWithoutAnEndIsCutShort() throws Exception {
    try (var _ = ControlSocket.open(path(), THREE)) {
      assertThat(raw(path(), "x".repeat(ControlRequest.MAX_BYTES)))
          .startsWith("{\"schema\":\"kad.control.error/v1\"");
    }
  }

  @Test
  void aFaultInAnAnswerIsToldToTheAsker() {
    Answers broken =
        (_, lines) -> {
          lines.accept(JsonLine.of("test/v1"));
          throw new Failure(Exit.NOT_FOUND, "nothing there");
        };
    try (var _ = ControlSocket.open(path(), broken)) {
      assertThatThrownBy(() -> ask(path()))
          .isInstanceOf(Failure.class)
          .hasMessage("the node says: nothing there");
    }
  }

  @Test
  void whereNobodyListensTheFailureNamesThePlace() {
    assertThatThrownBy(() -> ask(path()))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exit()).isEqualTo(Exit.NO_PEER))
        .hasMessageContaining("no node answers at " + path());
  }

  @Test
  void manyMayAskAtOnceAndClosingEndsThemAll() throws Exception {
    var socket = ControlSocket.open(path(), THREE);
    var silent = new ArrayList<SocketChannel>();
    for (int i = 0; i < 8; i++) {
      silent.add(SocketChannel.open(UnixDomainSocketAddress.of(path())));
    }
    assertThat(ask(path())).hasSize(3);

    socket.close();
    socket.close();

    for (SocketChannel connection : silent) {
      assertThat(connection.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      connection.close();
    }
    assertThat(path()).doesNotExist();
  }
}
