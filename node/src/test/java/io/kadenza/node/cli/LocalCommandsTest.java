package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The commands that need no network.
class LocalCommandsTest {
  @TempDir Path directory;

  @Test
  void printsItsVersion() {
    var session = new Session(directory);

    assertThat(session.run("--version")).isEqualTo(0);
    assertThat(session.out()).matches("kad \\d+\\.\\d+\\.\\d+\\S* \\(Java 25.*\\)\\R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "run --help",
        "put --help",
        "get --help",
        "provide --help",
        "findprovs --help",
        "findpeer --help",
        "closest --help",
        "table --help",
        "records --help",
        "records ls --help",
        "records show --help",
        "status --help",
        "completion --help",
        "ping --help",
        "identify --help",
        "id --help",
        "key --help",
        "key gen --help",
        "key show --help",
        "sim --help",
        "sim run --help",
        "sim compare --help",
        "sim shrink --help",
        "sim table --help",
        "name --help",
        "name publish --help",
        "name resolve --help",
        "name inspect --help"
      })
  void helpsOnStandardOutput(String command) {
    var session = new Session(directory);

    assertThat(session.run(command.split(" "))).isEqualTo(0);
    assertThat(session.out()).startsWith("Usage: kad").contains("--help");
    assertThat(session.out()).containsAnyOf("Example:", "Examples:", "To begin with:");
    assertThat(session.out().lines()).as("width").allMatch(line -> columns(line) <= 80);
    assertThat(session.err()).isEmpty();
  }

  private static int columns(String line) {
    return line.codePointCount(0, line.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "name --help", "records --help", "key --help", "sim --help"})
  void listsEachCommandOnALine(String command) {
    var session = new Session(directory);
    session.run(command.split(" "));

    List<String> commands =
        session
            .out()
            .lines()
            .dropWhile(line -> !line.equals("Commands:"))
            .skip(1)
            .takeWhile(line -> !line.isBlank())
            .toList();
    assertThat(commands).hasSizeGreaterThan(1).allMatch(line -> line.matches("  \\S+  +\\S.*\\."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void teachesAShellItsCommands(String shell) {
    var session = new Session(directory);

    assertThat(session.run("completion", shell)).as(session.err()).isEqualTo(0);
    assertThat(session.out())
        .contains("findprovs", "bootstrap", "inspect")
        .doesNotContain("warm-up", "interop-peer");
  }

  @ParameterizedTest
  @CsvSource({"ed25519,12D3KooW", "secp256k1,16Uiu2HA", "ecdsa,Qm", "rsa,Qm"})
  void makesAndShowsAnIdentityOfEveryType(String type, String prefix) throws Exception {
    var made = new Session(directory);
    var shown = new Session(directory);

    assertThat(made.run("key", "gen", "--type", type, "node.key")).isEqualTo(0);
    assertThat(shown.run("key", "show", "node.key")).isEqualTo(0);

    assertThat(made.out()).startsWith(prefix);
    assertThat(shown.out()).contains(made.out().strip(), "type:       " + type);
    assertThat(Files.getPosixFilePermissions(directory.resolve("node.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void neverOverwritesAnIdentity() throws Exception {
    new Session(directory).run("key", "gen", "node.key");
    byte[] before = Files.readAllBytes(directory.resolve("node.key"));
    var session = new Session(directory);

    assertThat(session.run("key", "gen", "node.key")).isEqualTo(2);
    assertThat(session.err()).contains("exists already");
    assertThat(Files.readAllBytes(directory.resolve("node.key"))).isEqualTo(before);
  }

  @Test
  void keepsAnIdentityThatItMade() {
    var first = new Session(directory);
    var second = new Session(directory);

    first.run("id", "--identity", "node.key");
    second.run("id", "--identity", "node.key");

    assertThat(first.out()).startsWith("16Uiu2HA").isEqualTo(second.out());
  }

  @Test
  void answersInJsonWithASchema() {
    new Session(directory).run("key", "gen", "node.key");
    var id = new Session(directory);
    var key = new Session(directory);

    id.run("id", "--json", "--identity", "node.key");
    key.run("key", "show", "--json", "node.key");

    var idNode = new JsonMapper().readTree(id.out());
    var keyNode = new JsonMapper().readTree(key.out());
    assertThat(idNode.propertyNames())
        .containsExactlyElementsOf(List.of("schema", "id", "cid", "type"));
    assertThat(keyNode.propertyNames())
        .containsExactlyElementsOf(List.of("schema", "id", "cid", "type", "public_key_hex"));
    assertThat(idNode.path("schema").asString()).isEqualTo("kad.id/v1");
    assertThat(keyNode.path("schema").asString()).isEqualTo("kad.key/v1");
    assertThat(idNode.path("id")).isEqualTo(keyNode.path("id"));
  }
}
