package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// `put` and `get` against one server on loopback, whose address they find in the address file.
class ValueCommandsTest {
  @RegisterExtension private static final OneServer SERVER = new OneServer();

  @Test
  void putsAndGetsAValue() {
    var put = new Session(SERVER.directory());
    var get = new Session(SERVER.directory());

    assertThat(put.run("put", "/v/hello", "world")).as(put.err()).isEqualTo(0);
    assertThat(get.run("get", "/v/hello", "--bootstrap", SERVER.address()))
        .as(get.err())
        .isEqualTo(0);

    assertThat(put.out()).isEqualTo("stored at 1 peer\n");
    assertThat(get.out()).isEqualTo("world");
    assertThat(get.err()).isEmpty();
  }

  @Test
  void aValueThatBeginsWithAnAtSignIsNoFileOfArguments(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("alice"), "somebody-else");
    for (String value : List.of("@" + file, "@@alice")) {
      var get = new Session(SERVER.directory());

      assertThat(new Session(SERVER.directory()).run("put", "/v/" + value, value)).isEqualTo(0);
      assertThat(get.run("get", "/v/" + value)).isEqualTo(0);

      assertThat(get.out()).isEqualTo(value);
    }
  }

  @Test
  void takesAKeyAfterItsBootstrapAddresses() {
    new Session(SERVER.directory()).run("put", "/v/order", "x");
    var get = new Session(SERVER.directory());

    assertThat(get.run("get", "--bootstrap", SERVER.address(), SERVER.address(), "/v/order"))
        .isEqualTo(0);
    assertThat(get.out()).isEqualTo("x");
  }

  @Test
  void readsAValueFromStandardInput() {
    var put = new Session(SERVER.directory()).reading("from a pipe");
    var get = new Session(SERVER.directory());

    assertThat(put.run("put", "/v/pipe", "-", "--json")).isEqualTo(0);
    assertThat(get.run("get", "/v/pipe", "--json")).isEqualTo(0);

    assertThat(put.json().path("schema").asString()).isEqualTo("kad.put/v1");
    assertThat(put.json().path("copies").asInt()).isEqualTo(1);
    assertThat(get.json().path("schema").asString()).isEqualTo("kad.get/v1");
    assertThat(get.json().path("value").asString()).isEqualTo("from a pipe");
    assertThat(get.json().path("lookup").path("reason").isString()).isTrue();
  }

  @Test
  void refusesAValueThatIsTooLarge() {
    var put = new Session(SERVER.directory()).reading("x".repeat(20_000));

    assertThat(put.run("put", "/v/large", "-")).isEqualTo(2);
    assertThat(put.err()).contains("larger than the 10240 bytes");
  }

  @Test
  void escapesAValueOnATerminalAlone() {
    String nasty = "red\u001b[31m\u202eback";
    new Session(SERVER.directory()).reading(nasty).run("put", "/v/nasty", "-");
    var seen = new Session(SERVER.directory()).onTerminal();
    var piped = new Session(SERVER.directory());

    assertThat(seen.run("get", "/v/nasty")).isEqualTo(0);
    assertThat(piped.run("get", "/v/nasty")).isEqualTo(0);

    assertThat(seen.out()).isEqualTo("red\\u{1b}[31m\\u{202e}back\n");
    assertThat(piped.out()).isEqualTo(nasty);
  }

  @Test
  void refusesAnInvalidRecord() {
    var put = new Session(SERVER.directory());
    var strict = new Session(SERVER.directory());

    assertThat(put.run("put", "/pk/" + SERVER.node().host().id(), "x")).isEqualTo(6);
    assertThat(strict.run("put", "/v/hello", "x", "--strict")).isEqualTo(6);

    assertThat(put.err()).contains("the record is invalid");
    assertThat(strict.err()).contains("the key does not begin with");
  }

  @Test
  void looksUpWhatPeersCalledItsKeyInHex() {
    SERVER.node().dht().put(Bytes.fromHex("00ff10"), Bytes.utf8("raw"), Duration.ofSeconds(5));
    var get = new Session(SERVER.directory());

    assertThat(get.run("get", "--hex", "00ff10")).as(get.err()).isEqualTo(0);
    assertThat(get.out()).isEqualTo("raw");
  }
}
