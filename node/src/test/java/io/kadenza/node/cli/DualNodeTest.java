package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `kad run --dual`: two nodes on loopback, which is a local network. They belong to an
/// application's network, which nobody can enter by chance.
class DualNodeTest {
  private static final String LAN = "/my-app/lan/kad/1.0.0";

  @TempDir private Path directory;

  private Session session(int exit, String... args) {
    var session = new Session(directory);
    assertThat(session.run(args)).as(session.err()).isEqualTo(exit);
    return session;
  }

  private static List<JsonNode> json(Session session) {
    return session.lines().stream().map(new JsonMapper()::readTree).toList();
  }

  @Test
  void neighboursMeetInTheLocalFormOfTheirNetworkAlone() throws Exception {
    try (Session _ = Session.ofNode(directory, "--network", "/my-app", "--dual", "--data", "one")) {
      String address = Files.readString(directory.resolve("server_node_addr.txt")).strip();
      try (Session two =
          Session.ofNode(
              directory,
              "--network",
              "/my-app",
              "--dual",
              "--addr-file",
              "two.txt",
              "--data",
              "two",
              "--bootstrap",
              address)) {
        two.await(line -> line.startsWith("Local network: Peer added to routing table: "));
        assertThat(two.lines())
            .contains(
                "DHT service started in client mode",
                "Local network: server of " + LAN + " for peers at private addresses");
        assertThat(two.err()).isEmpty();

        JsonNode status = json(session(0, "status", "--data", "two", "--json")).getFirst();
        assertThat(status.path("protocol").asString()).isEqualTo("/my-app/kad/1.0.0");
        assertThat(status.path("mode").asString()).isEqualTo("client");
        assertThat(status.path("table_peers").asInt(-1)).isZero();
        assertThat(status.path("lan").path("protocol").asString()).isEqualTo(LAN);
        assertThat(status.path("lan").path("mode").asString()).isEqualTo("server");
        assertThat(status.path("lan").path("table_peers").asInt()).isEqualTo(1);
        assertThat(session(0, "status", "--data", "two").lines())
            .containsSubsequence(
                "network:        /my-app/kad/1.0.0",
                "in the table:   0",
                "local network:  " + LAN,
                "in the table:   1");
        assertThat(session(0, "table", "--data", "two").lines())
            .anyMatch(line -> line.endsWith(", client of /my-app/kad/1.0.0"))
            .anyMatch(line -> line.endsWith(", server of " + LAN))
            .anyMatch(line -> line.contains(address.substring(0, address.indexOf("/p2p"))));
      }
    }
  }

  @Test
  void aClientOfTheLocalIdFindsWhatADualNodeKeepsAlsoWhenItIsStopped() throws Exception {
    try (Session _ = Session.ofNode(directory, "--network", "/my-app", "--dual", "--data", "one")) {
      session(0, "put", "/v/inside", "a value", "--network", "/my-app/lan");
      assertThat(session(0, "get", "/v/inside", "--network", "/my-app/lan").out())
          .isEqualTo("a value");
      assertThat(session(0, "records", "show", "/v/inside", "--data", "one").lines())
          .contains("network:    local network");
    }
    Session stopped = session(0, "records", "ls", "--data", "one");

    assertThat(stopped.out()).contains("/v/inside");
    assertThat(stopped.lines())
        .contains("0 values, 0 provider records in the public network")
        .anyMatch(line -> line.matches("[1-9] values, \\d provider records? in the local network"));
    assertThat(json(session(0, "records", "show", "/v/inside", "--data", "one", "--json")))
        .singleElement()
        .satisfies(line -> assertThat(line.path("network").asString()).isEqualTo("lan"));
  }

  @Test
  void theFirstNodeOfANetworkDialsNobody() throws Exception {
    var first = List.of("--network", "amino", "--dual", "--mode", "server", "--no-bootstrap");
    try (Session alone = Session.ofNode(directory, first.toArray(String[]::new))) {
      assertThat(alone.lines())
          .contains("DHT service started in server mode")
          .noneMatch(line -> line.contains("bootstrap peer"));
      assertThat(alone.err()).isEmpty();
    }
    Session both = session(2, "run", "--no-bootstrap", "--bootstrap", "/ip4/127.0.0.1/tcp/1");
    assertThat(both.err()).contains("exclude each other");
  }

  @Test
  void aPublicNetworkIsNotGreeted() throws Exception {
    try (Session node = Session.ofNode(directory, "--network", "amino", "--no-bootstrap")) {
      String address = Files.readString(directory.resolve("server_node_addr.txt")).strip();

      assertThat(node.out()).doesNotContain("topic");
      assertThat(session(0, "identify", address).out())
          .contains("/ipfs/kad/1.0.0")
          .doesNotContain("/meshsub/");
    }
  }

  @Test
  void whatHasNoLocalFormIsRefused() {
    for (String network : List.of("local", "lan", "/my-app/lan")) {
      assertThat(session(2, "run", "--dual", "--network", network).err())
          .contains("--dual keeps a public network and its local form", "not " + network);
    }
    assertThat(session(2, "run", "--dual").err()).contains("--network amino");
  }
}
