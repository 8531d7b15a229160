package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.HostBuilder;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the commands tell of a node that runs in the same directory, and of another one that it
/// knows.
class InsightCommandsTest {
  @TempDir static Path directory;
  private static Session server;
  private static Session second;
  private static String id;

  @BeforeAll
  static void startTwoNodes() throws Exception {
    server = Session.ofNode(directory, "--mode", "server");
    id = idOf(server);
    String address = Files.readString(directory.resolve("server_node_addr.txt")).strip();
    second =
        Session.ofNode(
            directory, "--addr-file", "second.txt", "--data", "kept", "--bootstrap", address);
    second.await(line -> line.startsWith("Peer added to routing table: " + id));
    server.await(line -> line.startsWith("Peer added to routing table: "));
  }

  @AfterAll
  static void stop() {
    second.close();
    server.close();
  }

  private static String idOf(Session session) {
    return session.lines().stream()
        .filter(line -> line.startsWith("Local peer id: "))
        .findFirst()
        .orElseThrow()
        .substring("Local peer id: ".length());
  }

  private static List<JsonNode> json(Session session) {
    return session.lines().stream().map(new JsonMapper()::readTree).toList();
  }

  @Test
  void printsTheRoutingTable() {
    var table = new Session(directory);

    assertThat(table.run("table", "--data", "kept")).as(table.err()).isEqualTo(0);

    assertThat(table.lines().get(0)).isEqualTo(idOf(second) + ", server of /ipfs/kad/1.0.0");
    assertThat(table.lines().get(1)).startsWith("1 peer");
    assertThat(table.lines().get(2)).matches("bucket +\\d+  ▰▱{19}  1 of 20");
    assertThat(table.lines().get(3))
        .matches("  @ " + id + " +\\S+ ago +" + HostBuilder.AGENT + " +/ip4/127.0.0.1/tcp/\\d+");
    assertThat(table.lines()).hasSize(4);
  }

  @Test
  void anAgentCannotAddAPeerToTheTable(@TempDir Path other) throws Exception {
    Identity stranger = Identity.generate(KeyType.ED25519);
    try (var node = Session.ofNode(other, "--mode", "server");
        var forger =
            Node.on(
                Host.builder(stranger)
                    .agent("x\n  @ forged")
                    .listen("/ip4/127.0.0.1/tcp/0")
                    .start(),
                Part.SERVER,
                Network.LOCAL,
                null)) {
      String address = Files.readString(other.resolve("server_node_addr.txt")).strip();
      forger.host().connect(Multiaddr.parse(address), Duration.ofSeconds(20));
      node.await(line -> line.startsWith("Peer added to routing table: " + stranger.peerId()));
      var table = new Session(other);

      assertThat(table.run("table")).as(table.err()).isEqualTo(0);

      assertThat(table.lines()).hasSize(4);
      assertThat(table.lines().getLast()).contains("x\\u{a}  @ forged");
    }
  }

  @Test
  void printsTheRoutingTableAsJson() {
    var table = new Session(directory);

    assertThat(table.run("table", "--json")).as(table.err()).isEqualTo(0);

    List<JsonNode> lines = json(table);
    assertThat(lines)
        .extracting(line -> line.path("schema").asString())
        .containsExactly("kad.table/v1", "kad.table.peer/v1");
    assertThat(lines.get(0).path("id").asString()).isEqualTo(id);
    assertThat(lines.get(0).path("k").asInt()).isEqualTo(20);
    assertThat(lines.get(1).path("id").asString()).isEqualTo(idOf(second));
    assertThat(lines.get(1).path("connected").asBoolean()).isTrue();
    assertThat(lines.get(1).path("failures").asInt(-1)).isZero();
  }

  @Test
  void tellsHowANodeIs() {
    var status = new Session(directory);
    var asJson = new Session(directory);

    assertThat(status.run("status")).as(status.err()).isEqualTo(0);
    assertThat(asJson.run("status", "--json")).isEqualTo(0);

    assertThat(status.lines())
        .contains("id:             " + id, "mode:           server", "in the table:   1")
        .anyMatch(line -> line.matches("asked us: +[1-9]\\d*, 0 failed"))
        .anyMatch(line -> line.matches("we asked: +[1-9]\\d*, \\d+ failed"));
    JsonNode line = json(asJson).getFirst();
    assertThat(line.path("schema").asString()).isEqualTo("kad.status/v1");
    assertThat(line.path("values").asInt()).isPositive();
    assertThat(line.path("addrs").path(0).asString()).endsWith("/p2p/" + id);
  }

  @Test
  void listsAndShowsTheValuesOfANode() throws Exception {
    new Session(directory).run("put", "/v/insight", "a value\u001b[2J");
    var list = new Session(directory);
    var listed = new Session(directory);
    var own = new Session(directory);
    var shown = new Session(directory);
    var saved = new Session(directory);

    assertThat(list.run("records", "ls")).as(list.err()).isEqualTo(0);
    assertThat(listed.run("records", "ls", "--json")).isEqualTo(0);
    assertThat(own.run("records", "ls", "--json", "--data", "kept")).isEqualTo(0);
    assertThat(shown.run("records", "show", "/v/insight")).isEqualTo(0);
    assertThat(saved.run("records", "show", "/v/insight", "--out", "v.bin", "--json")).isEqualTo(0);

    assertThat(list.lines())
        .anyMatch(l -> l.matches(" +11 B +\\S+ old +\\d+d \\d+h left .*/v/insight"));
    assertThat(list.lines().getLast()).matches("[2-9] values, \\d provider records?");
    assertThat(json(listed))
        .filteredOn(line -> line.path("key").asString("").equals("/v/insight"))
        .singleElement()
        .satisfies(line -> assertThat(line.path("size").asInt()).isEqualTo(11));
    assertThat(json(own)).anyMatch(line -> line.path("own").asBoolean(false));
    assertThat(json(listed).getLast().path("schema").asString()).isEqualTo("kad.values/v1");
    assertThat(shown.out())
        .contains("value:      a value\\u{1b}[2J", "size:       11 bytes")
        .doesNotContain("\u001b");
    assertThat(Files.readString(directory.resolve("v.bin"))).isEqualTo("a value\u001b[2J");
  }

  @Test
  void theLinesOfAValueAreNoFields() {
    new Session(directory).run("put", "/v/lines", "one\nprovider: two");
    var shown = new Session(directory);

    assertThat(shown.run("records", "show", "/v/lines")).as(shown.err()).isEqualTo(0);

    assertThat(shown.lines()).endsWith("value:      one", "            provider: two");
  }

  @Test
  void listsANameAsItIsAskedFor() {
    new Session(directory).run("key", "gen", "name.key");
    var publish = new Session(directory);
    var list = new Session(directory);

    assertThat(publish.run("name", "publish", "/ipfs/x", "--identity", "name.key")).isEqualTo(0);
    assertThat(list.run("records", "ls")).as(list.err()).isEqualTo(0);

    String name = publish.out().substring(0, publish.out().indexOf(' '));
    assertThat(name).startsWith("/ipns/k51");
    assertThat(list.lines()).anyMatch(line -> line.endsWith("  " + name));
    var show = new Session(directory);
    assertThat(show.run("records", "show", name)).as(show.err()).isEqualTo(0);
    assertThat(show.lines()).contains("verdict:    valid");
  }

  @Test
  void showsTheProvidersOfAKey() {
    new Session(directory).run("provide", "some content");
    var shown = new Session(directory);
    var saved = new Session(directory);

    assertThat(shown.run("records", "show", "some content")).as(shown.err()).isEqualTo(0);
    assertThat(saved.run("records", "show", "some content", "--out", "none.bin")).isEqualTo(3);
    assertThat(saved.err()).contains("the node holds no value under \"some content\"");
    assertThat(directory.resolve("none.bin")).doesNotExist();
    assertThat(shown.lines().getFirst()).startsWith("provider: 16Uiu2HA");
    assertThat(shown.lines().get(1)).startsWith("  /ip4/127.0.0.1/tcp/");
  }

  @Test
  void saysThatItHoldsNothingOfAKey() {
    var shown = new Session(directory);

    assertThat(shown.run("records", "show", "/v/nowhere")).isEqualTo(3);
    assertThat(shown.err()).contains("the node holds nothing under \"/v/nowhere\"");
  }

  @Test
  void saysWhereNoNodeRuns(@TempDir Path empty) {
    var table = new Session(empty);

    assertThat(table.run("table")).isEqualTo(5);
    assertThat(table.err().lines()).hasSize(1);
    assertThat(table.err()).contains("no node answers at " + empty.resolve("kad.sock"));
  }

  @Test
  void aSocketThatTheUserNamedMustBeFree() {
    var third = new Session(directory);

    assertThat(third.run("run", "--addr-file", "third.txt", "--control", "kept/kad.sock"))
        .isEqualTo(2);
    assertThat(third.err())
        .contains("another node listens at " + directory.resolve("kept/kad.sock"));
  }

  @Test
  void aNodeWithoutASocketSaysWhy(@TempDir Path empty) throws Exception {
    Files.writeString(empty.resolve("kad.sock"), "a person's own");
    try (var node = Session.ofNode(empty)) {
      assertThat(node.err()).contains("will not reach this node", "it is a file");
    }
  }
}
