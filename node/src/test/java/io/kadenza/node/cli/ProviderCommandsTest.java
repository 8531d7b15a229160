package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.node.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `provide` and `findprovs` against one server on loopback.
class ProviderCommandsTest {
  @TempDir static Path directory;
  private static Node server;

  @BeforeAll
  static void startServer() {
    server = LocalNode.server(directory);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static String address() {
    return server.addresses().getFirst().toString();
  }

  private static JsonNode json(Session session) {
    return new JsonMapper().readTree(session.out());
  }

  /// kubo and every other server refuse a provider without an address, and one for the public
  /// network has none at 127.0.0.1.
  @Test
  void refusesToProvideWhereNobodyCouldCome() {
    var provide = new Session(directory);

    int code =
        provide.run("provide", "some content", "--network", "amino", "--bootstrap", address());

    assertThat(code).as(provide.err()).isEqualTo(2);
    assertThat(provide.err()).contains("/ip4/127.0.0.1/tcp/", "amino", "give --listen");
  }

  @Test
  void providesAllKeysOfAFile() {
    var provide =
        new Session(directory).reading("# mine\none\n\ntwo\r\none\n" + "k".repeat(80) + "\n");
    var find = new Session(directory);

    assertThat(provide.run("provide", "--from", "-", "--json")).as(provide.err()).isEqualTo(0);
    assertThat(json(provide).path("schema").asString()).isEqualTo("kad.provided/v1");
    assertThat(json(provide).path("keys").asInt()).isEqualTo(3);
    assertThat(json(provide).path("told").asInt()).isEqualTo(3);
    assertThat(json(provide).path("messages").asInt()).isEqualTo(3);

    assertThat(find.run("findprovs", "two")).as(find.err()).isEqualTo(0);
    assertThat(find.out()).isEqualTo(json(provide).path("id").asString() + "\n");
  }

  @Test
  void countsASingleKeyAsOne() {
    var provide = new Session(directory).reading("alone\n");

    assertThat(provide.run("provide", "--from", "-")).as(provide.err()).isEqualTo(0);
    assertThat(provide.out()).startsWith("told peers of 1 key: 1 FIND_NODE, 1 ADD_PROVIDER, ");
  }

  @Test
  void namesTheBadLinesOfAFileOfKeys() {
    var provide =
        new Session(directory).reading("good\n" + "x".repeat(81) + "\n\n" + "y".repeat(5_000));
    var empty = new Session(directory).reading("\n# nothing\n");
    var both = new Session(directory);

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
    var provide = new Session(directory);
    var find = new Session(directory);

    assertThat(provide.run("provide", cid, "--json")).as(provide.err()).isEqualTo(0);
    assertThat(find.run("findprovs", cid, "--json", "-n", "1")).as(find.err()).isEqualTo(0);

    assertThat(json(provide).path("schema").asString()).isEqualTo("kad.provide/v1");
    assertThat(json(find).path("schema").asString()).isEqualTo("kad.provider/v1");
    assertThat(json(find).path("id")).isEqualTo(json(provide).path("id"));
    assertThat(json(find).path("addrs").size()).isEqualTo(1);
  }
}
