package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What commands with `--data` remember.
class DataCommandsTest {
  @TempDir Path directory;
  private Node server;
  private String address;

  @BeforeEach
  void startServer() {
    server =
        Node.start(
            Identity.generate(KeyType.ED25519),
            List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")),
            Part.SERVER,
            Network.LOCAL);
    address = server.addresses().getFirst().toString();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void providesByThePeersOfAnEarlierRun() {
    var first = new Session(directory);
    assertThat(first.run("provide", "one", "--data", "kept", "--bootstrap", address))
        .as(first.err())
        .isEqualTo(0);

    var second = new Session(directory);
    assertThat(second.run("provide", "two", "--data", "kept")).as(second.err()).isEqualTo(0);
    assertThat(second.err()).isEmpty();
  }

  @Test
  void aBootstrapPeerThatIsGoneIsNamedAndNoObstacle() {
    new Session(directory).run("provide", "one", "--data", "kept", "--bootstrap", address);

    var second = new Session(directory);
    String nobody = "/ip4/127.0.0.1/tcp/1";
    assertThat(second.run("provide", "two", "--data", "kept", "--bootstrap", nobody))
        .as(second.err())
        .isEqualTo(0);
    assertThat(second.err()).contains("cannot reach bootstrap peer " + nobody);
  }

  @Test
  void whoRemembersNobodyIsToldWhatToDo() {
    var session = new Session(directory);
    assertThat(session.run("provide", "one", "--data", "new")).isEqualTo(2);
    assertThat(session.err()).contains("no way into the network: give --bootstrap ADDR");
  }

  @Test
  void t46ASecondProgramOnTheDirectoryEndsWithTheCodeForBadInput() throws Exception {
    try (var first = new Session(directory)) {
      first.start("run", "--mode", "client", "--data", "kept", "--bootstrap", address);
      first.await(line -> line.startsWith("Peer added to routing table"));

      var second = new Session(directory);
      assertThat(second.run("provide", "one", "--data", "kept", "--bootstrap", address))
          .isEqualTo(2);
      assertThat(second.err()).contains("another node uses");
    }
  }

  @Test
  void aNodeSaysHowFarItHasComeWithWhatItProvides() throws Exception {
    Path keys = Files.writeString(directory.resolve("keys.txt"), "one\ntwo\n");
    var provide = new Session(directory);
    assertThat(
            provide.run(
                "provide", "--from", keys.toString(), "--data", "kept", "--bootstrap", address))
        .as(provide.err())
        .isEqualTo(0);
    try (var node = new Session(directory)) {
      node.start("run", "--data", "kept", "--bootstrap", address);
      node.await(line -> line.startsWith("Node is now running"));
      var status = new Session(directory);
      var asJson = new Session(directory);

      assertThat(status.run("status", "--data", "kept")).as(status.err()).isEqualTo(0);
      assertThat(asJson.run("status", "--data", "kept", "--json")).isEqualTo(0);

      assertThat(status.lines())
          .anyMatch(l -> l.matches("provides: +2 keys, 0 to be told; \\d+ % of the cycle.*"));
      assertThat(asJson.out()).contains("\"providing\":{\"keys\":").contains("\"waiting\":0");
    }
  }

  @Test
  void aNodeWhoseDiskFailsSaysSoWhenItIsAsked() throws Exception {
    try (var node = new Session(directory)) {
      node.start("run", "--data", "kept", "--bootstrap", address);
      node.await(line -> line.startsWith("Node is now running"));
      assertThat(new Session(directory).run("put", "/v/zero", "0")).isEqualTo(0);
      var well = new Session(directory);
      assertThat(well.run("status", "--data", "kept")).as(well.err()).isEqualTo(0);
      assertThat(well.out()).doesNotContain("refuses stores");

      refuseRows(directory.resolve("kept/kad.db"));
      var put = new Session(directory);
      assertThat(put.run("put", "/v/one", "1")).as(put.err()).isIn(0, 6);

      var status = new Session(directory);
      assertThat(status.run("status", "--data", "kept")).isEqualTo(0);
      assertThat(status.lines()).anyMatch(line -> line.matches("refuses stores: .*kad.db: .*"));
    }
  }

  /// As if its disk could not be written to.
  private static void refuseRows(Path file) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER full BEFORE INSERT ON records BEGIN SELECT RAISE(ROLLBACK, 'full'); END");
    }
  }

  @Test
  void aNodeThatRunsFindsItsNetworkAgain() throws Exception {
    try (var first = new Session(directory)) {
      first.start("run", "--mode", "client", "--data", "kept", "--bootstrap", address);
      first.await(line -> line.startsWith("Peer added to routing table"));
    }
    try (var second = new Session(directory)) {
      second.start("run", "--mode", "client", "--data", "kept");
      second.await("Peers known from before: 1"::equals);
      second.await(line -> line.startsWith("Peer added to routing table: " + server.host().id()));
      assertThat(second.err()).doesNotContain("No bootstrap peer");
    }
  }
}
