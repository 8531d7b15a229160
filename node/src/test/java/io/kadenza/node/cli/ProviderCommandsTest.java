package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `provide` and `findprovs` against one server on loopback.
class ProviderCommandsTest {
  @RegisterExtension private static final OneServer SERVER = new OneServer();

  /// kubo and every other server refuse a provider without an address, and one for the public
  /// network has none at 127.0.0.1.
  @Test
  void refusesToProvideWhereNobodyCouldCome() {
    var provide = new Session(SERVER.directory());

    int code =
        provide.run(
            "provide", "some content", "--network", "amino", "--bootstrap", SERVER.address());

    assertThat(code).as(provide.err()).isEqualTo(2);
    assertThat(provide.err()).contains("/ip4/127.0.0.1/tcp/", "amino", "give --listen");
  }

  @Test
  void providesAllKeysOfAFile() {
    var provide =
        new Session(SERVER.directory())
            .reading("# mine\none\n\ntwo\r\none\n" + "k".repeat(80) + "\n");
    var find = new Session(SERVER.directory());

    assertThat(provide.run("provide", "--from", "-", "--json")).as(provide.err()).isEqualTo(0);
    assertThat(provide.json().path("schema").asString()).isEqualTo("kad.provided/v1");
    assertThat(provide.json().path("keys").asInt()).isEqualTo(3);
    assertThat(provide.json().path("told").asInt()).isEqualTo(3);
    assertThat(provide.json().path("messages").asInt()).isEqualTo(3);

    assertThat(find.run("findprovs", "two")).as(find.err()).isEqualTo(0);
    assertThat(find.out()).isEqualTo(provide.json().path("id").asString() + "\n");
  }

  @Test
  void countsASingleKeyAsOne() {
    var provide = new Session(SERVER.directory()).reading("alone\n");

    assertThat(provide.run("provide", "--from", "-")).as(provide.err()).isEqualTo(0);
    assertThat(provide.out()).startsWith("told peers of 1 key: 1 FIND_NODE, 1 ADD_PROVIDER, ");
  }

  @Test
  void namesTheBadLinesOfAFileOfKeys() {
    var provide =
        new Session(SERVER.directory())
            .reading("good\n" + "x".repeat(81) + "\n\n" + "y".repeat(5_000));
    var empty = new Session(SERVER.directory()).reading("\n# nothing\n");
    var both = new Session(SERVER.directory());

    assertThat(provide.run("provide", "--from", "-")).isEqualTo(2);
    assertThat(provide.err()).contains("line 2: ").contains("line 4: ").contains("81");
    assertThat(empty.run("provide", "--from", "-")).isEqualTo(2);
    assertThat(empty.err()).contains("no keys in -");
    assertThat(both.run("provide", "key", "--from", "-")).isEqualTo(2);
    assertThat(both.run("provide")).isEqualTo(2);
  }

  @Test
  void providesAndFindsContent() {
    String cid = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    var provide = new Session(SERVER.directory());
    var find = new Session(SERVER.directory());

    assertThat(provide.run("provide", cid, "--json")).as(provide.err()).isEqualTo(0);
    assertThat(find.run("findprovs", cid, "--json", "-n", "1")).as(find.err()).isEqualTo(0);

    assertThat(provide.json().path("schema").asString()).isEqualTo("kad.provide/v1");
    assertThat(find.json().path("schema").asString()).isEqualTo("kad.provider/v1");
    assertThat(find.json().path("id")).isEqualTo(provide.json().path("id"));
    assertThat(find.json().path("addrs").size()).isEqualTo(1);
  }
}
