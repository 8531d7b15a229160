package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.KeyFile;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.Multibase;
import io.kadenza.multiformats.Multihash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is wrong on the command line: exit 2, one line that names what to fix, no stack trace.
class BadInputTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run --mode foo | invalid --mode \"foo\": expected server, client or auto",
        "run --port 70000 | invalid --port 70000: expected 0 (a free one) to 65535",
        "run --port -1 | invalid --port -1: expected 0",
        "run --port abc | 'abc' is not an int",
        "run --port 1 --listen /ip4/127.0.0.1/tcp/0 | --port and --listen exclude each other",
        "run --listen /ip4/300.0.0.1/tcp/0 | --listen: not a multiaddr: \"/ip4/300.0.0.1/tcp/0\"",
        "run --listen /ip4/127.0.0.1/tcp/99999 | --listen: not a multiaddr",
        "run --listen /ip4/127.0.0.1/udp/0/quic-v1 | cannot listen on /ip4/127.0.0.1/udp/0/quic-v1",
        "run --bootstrap nonsense | --bootstrap: not a multiaddr: \"nonsense\"",
        "run --bootstrap /ip4/127.0.0.1/tcp/1/p2p/xyz | --bootstrap: not a multiaddr",
        "run --bootstrap | --bootstrap needs an address, such as /ip4/",
        "run --bootstrap --mode client | --bootstrap needs an address, such as /ip4/",
        "run --listen --mode client | --listen needs an address, such as /ip4/",
        "run --key-type dsa | unknown key type \"dsa\"; expected ed25519, secp256k1, ecdsa or rsa",
        "run surplus | too many arguments: \"surplus\" (see kad run --help)",
        "get a b c | too many arguments: \"b\" \"c\" (see kad get --help)",
        "get --contorl x b | unknown option \"--contorl\" (see kad get --help)",
        "getty x | no such command: \"getty\"",
        "runn | did you mean run",
        "getx /v/a | did you mean get",
        "porvide x | did you mean provide",
        "find x | did you mean findpeer or findprovs",
        "closets x | did you mean closest",
        "key gne x | did you mean gen",
        "put a b --tiemout 3s | did you mean --timeout",
        "completion tcsh | unknown shell; expected bash, zsh or fish",
        "get | Missing required parameter",
        "get /v/a | no way into the network: give --bootstrap ADDR",
        "get /v/a --bootstrap /ip4/1.2.3.4 --timeout never | not a time: \"never\"",
        "get /v/a --timeout 0 | not a time: \"0\"",
        "get /v/a --quorum -1 | invalid --quorum -1",
        "get zz --hex | bad key:",
        "put /v/a \uFFFD | not text: \"\uFFFD\"; give the bytes of a key with --hex",
        "get 0OIl --base58 | bad key:",
        "get aa --hex --base58 | --hex and --base58 exclude each other",
        "findprovs a -n -3 | invalid -n -3: expected 0 or more",
        "name resolve example.com | \"example.com\" is one of the domain system, and DNSLink is not",
        "get /ipns/example.com | bad key: not an IPNS name: \"example.com\"",
        "findpeer nobody | not a peer id: \"nobody\"",
        "ping 127.0.0.1:8000 | not a multiaddr: \"127.0.0.1:8000\"",
        "ping /ip4/127.0.0.1/tcp/1 --count 0 | invalid --count 0: expected 1",
        "ping /ip4/127.0.0.1/udp/1/quic-v1 | cannot dial /ip4/127.0.0.1/udp/1/quic-v1: expected a TCP",
        "identify /dns4/example.com/tcp/443/tls/ws | cannot dial /dns4/example.com/tcp/443/tls/ws",
        "run --bootstrap /ip4/127.0.0.1/udp/1/quic-v1 | cannot dial /ip4/127.0.0.1/udp/1/quic-v1",
        "get /v/a --bootstrap /ip4/127.0.0.1 | cannot dial /ip4/127.0.0.1: expected a TCP address",
        "identify /p2p/12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS | cannot dial /p2p/12D3",
        "identify x | not a multiaddr: \"x\"",
        "demo --nodes 1 | invalid --nodes 1: expected 3 to 64",
        "key | say what to do, gen or show",
        "records | say what to do, ls or show",
        "name | say what to do, publish, resolve or inspect",
        "sim | say what to do, run, compare, shrink or table",
        "records sow x | did you mean show",
        "key show absent.key | absent.key does not exist",
        "key gen --type x new.key | unknown key type \"x\"",
      })
  void isRefusedInOneLine(String command, String message) {
    var session = new Session(directory);

    int exit = session.run(command.split(" "));

    assertThat(exit).isEqualTo(2);
    assertThat(session.err()).contains(message);
    assertThat(session.err()).startsWith("kad: ").doesNotStartWith("kad: kad ");
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-v get x",
        "get -v",
        "get x -v",
        "name resolve example.com -v",
        "get zz --hex -v"
      })
  void aMistakeHasNoTraceWithVerboseEither(String command) {
    var session = new Session(directory);

    assertThat(session.run(command.split(" "))).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
  }

  /// As `--data "$DIR"` with a variable that was never set.
  @ParameterizedTest
  @ValueSource(strings = {"--data", "--identity", "--control", "--addr-file"})
  void anEmptyFileNameIsNotTheWorkingDirectory(String option) throws IOException {
    var session = new Session(directory);

    assertThat(session.run("run", "--bootstrap", "/ip4/127.0.0.1/tcp/1", option, "")).isEqualTo(2);
    assertThat(session.err()).contains("the name of a file or directory is empty");
    assertThat(session.out()).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "closest"})
  void aKeyThatNoPeerTakesIsNotAskedFor(String command) {
    var session = new Session(directory);

    assertThat(session.run(command, "a".repeat(1_025), "--bootstrap", "/ip4/127.0.0.1/tcp/1"))
        .isEqualTo(2);
    assertThat(session.err()).contains("a key has 1 to 1024 bytes, not 1025");
  }

  /// In base2, where none is short enough to be another key.
  @Test
  void ofAMistypedCidItIsSaidWhatIsWrongWithIt() {
    String cid = Cid.v1(Cid.RAW, Multihash.sha256(new byte[0])).toString(Multibase.BASE2);
    var session = new Session(directory);

    assertThat(session.run("findprovs", cid + "2", "--bootstrap", "/ip4/127.0.0.1/tcp/1"))
        .isEqualTo(2);
    assertThat(session.err())
        .contains("a content key has 1 to 80 bytes, not 290; it is not a CID: \"0000")
        .contains("character \"2\" at position 288 is outside the alphabet");
  }

  @Test
  void saysWhichFileIsMissing() {
    var session = new Session(directory);

    assertThat(session.run("put", "/v/a", "--file", "absent")).isEqualTo(2);
    assertThat(session.err()).contains("cannot read absent (there is no ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sim run latin", "get /v/a --addr-file latin"})
  void saysThatAFileIsNoText(String command) throws IOException {
    Files.write(directory.resolve("latin"), new byte[] {(byte) 0xe9, '\n'});
    var session = new Session(directory);

    assertThat(session.run(command.split(" "))).isEqualTo(2);
    assertThat(session.err()).contains("latin (it is not text in UTF-8)");
    assertThat(session.err().lines()).hasSize(1);
  }

  @Test
  void isRefusedInOneLineWithoutACommand() {
    var session = new Session(directory);

    assertThat(session.run()).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err()).contains("kad demo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get /v/a", "run --mode client"})
  void namesTheLineOfABadAddressInAFile(String command) throws IOException {
    Files.writeString(
        directory.resolve("server_node_addr.txt"), "/ip4/127.0.0.1/tcp/1\n\nnonsense\n");
    var session = new Session(directory);

    assertThat(session.run(command.split(" "))).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err()).contains("line 3 of ", "server_node_addr.txt", "\"nonsense\"");
  }

  @ParameterizedTest
  @CsvSource({"server_node_addr.txt, (line 1 of ", "REMOTE_PEERS, (from REMOTE_PEERS)"})
  void saysWhereAnAddressComesFromThatLeadsToNobody(String origin, String said) throws IOException {
    String gone = "/ip4/127.0.0.1/tcp/1";
    var session = new Session(directory);
    if (origin.endsWith(".txt")) {
      Files.writeString(directory.resolve(origin), gone);
    } else {
      session.with(origin, gone);
    }

    assertThat(session.run("get", "/v/a")).isEqualTo(5);
    assertThat(session.err()).contains(gone + " " + said).contains(origin + "): ");
  }

  @Test
  void namesTheVariableThatHoldsABadAddress() {
    var session = new Session(directory).with("REMOTE_PEERS", "/ip4/127.0.0.1/tcp/1,oops");

    assertThat(session.run("run")).isEqualTo(2);
    assertThat(session.err()).contains("REMOTE_PEERS").contains("oops");
  }

  @Test
  void saysThatAPortIsInUse() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var session = new Session(directory);

      int exit = session.run("run", "--port", String.valueOf(taken.getLocalPort()));

      assertThat(exit).isEqualTo(2);
      assertThat(session.err().lines()).hasSize(1);
      assertThat(session.err()).contains("/tcp/" + taken.getLocalPort());
    }
  }

  @Test
  void refusesKeyFilesThatCannotBeOne() throws IOException {
    Files.writeString(directory.resolve("empty.key"), "");
    Files.writeString(directory.resolve("pem.key"), "-----BEGIN PRIVATE KEY-----\nAA\n");
    Files.writeString(directory.resolve("noise.key"), "not a key at all");
    Files.createDirectory(directory.resolve("dir.key"));
    KeyFile.create(directory.resolve("open.key"), KeyType.ED25519);
    Files.createSymbolicLink(directory.resolve("link.key"), directory.resolve("open.key"));
    for (String name : List.of("empty.key", "pem.key", "noise.key")) {
      Files.setPosixFilePermissions(
          directory.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }
    Files.setPosixFilePermissions(
        directory.resolve("open.key"), PosixFilePermissions.fromString("rw-r--r--"));

    for (String name :
        List.of("empty.key", "pem.key", "noise.key", "dir.key", "open.key", "link.key")) {
      var session = new Session(directory);

      assertThat(session.run("run", "--identity", name)).as(name).isEqualTo(2);
      assertThat(session.err().lines()).as(session.err()).hasSize(1);
      assertThat(session.err()).contains(name);
      assertThat(session.out()).isEmpty();
    }
  }

  @Test
  void showsNoControlCharactersOfAnArgument() {
    var session = new Session(directory);

    assertThat(session.run("findpeer", "a\u001b[31mb\u202ec\r\nd")).isEqualTo(2);
    assertThat(session.err()).doesNotContain("\u001b", "\u202e", "\r");
    assertThat(session.err().lines()).hasSize(1);
  }

  @Test
  void showsTheTraceOnlyWhenVerbose() {
    var session = new Session(directory);

    assertThat(session.run("put", "/v/a", "--file", "absent")).isEqualTo(2);
    assertThat(session.err().lines()).hasSize(1);

    assertThat(session.run("put", "/v/a", "--file", "absent", "--verbose")).isEqualTo(2);
    assertThat(session.err()).contains("\tat io.kadenza.");
  }

  @Test
  void isRefusedInAnyLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      var session = new Session(directory);

      assertThat(session.run("id", "--key-type", "ED25519")).isEqualTo(0);
    } finally {
      Locale.setDefault(before);
    }
  }
}
