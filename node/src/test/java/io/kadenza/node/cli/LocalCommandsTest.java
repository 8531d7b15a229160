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
        "help",
        "help --help",
        "help name publish",
        "help put hello",
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

  @ParameterizedTest
  @ValueSource(strings = {"help putt", "help name publich"})
  void helpsWithNoCommandThatIsNot(String command) {
    var session = new Session(directory);

    assertThat(session.run(command.split(" "))).isEqualTo(2);
    assertThat(session.out()).isEmpty();
    assertThat(session.err()).contains("did you mean");
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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bash | MODE_option_args=(\"server\" \"client\" \"auto\")",
        "bash | NAME_option_args=(\"local\" \"amino\" \"lan\")",
        "bash | SHELL_pos_param_args=(\"bash\" \"zsh\" \"fish\")",
        "fish | -l mode -x -a 'server client auto'",
        "fish | -l network -x -a 'local amino lan'",
        "fish | seen_subcommand_from completion' -a 'bash zsh fish'",
        "fish | -l key-type -x -a 'rsa ed25519 secp256k1 ecdsa'",
        "fish | -l port -x -d",
        "fish | -l data -r -F -d",
        "fish | -l addr-file -r -F -d",
      })
  void teachesAShellTheValuesOfAnOption(String shell, String taught) {
    var session = new Session(directory);

    assertThat(session.run("completion", shell)).as(session.err()).isEqualTo(0);
    assertThat(session.out()).contains(taught);
  }

  @Test
  void teachesBashWhereAFileIsMeant() {
    var session = new Session(directory);

    assertThat(session.run("completion", "bash")).as(session.err()).isEqualTo(0);
    assertThat(function(session, "run")).contains(files("'--data'"), files("'--identity'"));
    assertThat(function(session, "run")).doesNotContain(files("'--port'"));
    assertThat(function(session, "key_show")).contains("compgen -f");
    assertThat(function(session, "sim_run")).contains("compgen -f");
    assertThat(function(session, "findpeer").lines())
        .as("an id is no file")
        .noneMatch(line -> line.contains("positionals=$( compReply"));
  }

  private static String function(Session session, String command) {
    String script = session.out();
    int begin = script.indexOf("function _picocli_kad_" + command + "()");
    return script.substring(begin, script.indexOf("\n}\n", begin));
  }

  private static String files(String option) {
    return option
        + ")\n      local IFS=$'\\n'\n      type compopt &>/dev/null && compopt -o filenames\n"
        + "      COMPREPLY=( $( compgen -f";
  }

  @Test
  void teachesFishTheRunOfANodeBesideThatOfAScenario() {
    var session = new Session(directory);

    assertThat(session.run("completion", "fish")).as(session.err()).isEqualTo(0);
    assertThat(session.out())
        .contains("'__fish_seen_subcommand_from run; and not __fish_seen_subcommand_from sim'")
        .contains("'__fish_seen_subcommand_from sim; and __fish_seen_subcommand_from run'")
        .doesNotContain("-n '__fish_seen_subcommand_from run'");
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
