package io.kadenza.node.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.node.cli.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server and a client in one process, and the expressions that the lesson's checker looks for.
class LessonTest {
  private static final String VALUE_KEY = "FVDjasarSFDoLPMdgnp1dHSbW2ZAfN8NU2zNbCQeczgP";
  private static final String CONTENT_KEY =
      "361f2ed1183bca491b8aec11f0b9e5c06724759b0f7480ae7fb4894901993bc8";
  private static final String RUNNING = "Node is now running. Press Ctrl+C to stop.";

  @TempDir Path directory;

  @Test
  void aClientFindsWhatTheServerKeeps() throws Exception {
    try (var server = new Session(directory)) {
      server.start("run", "--mode", "server", "--port", "0", "--verbose");
      server.await(RUNNING::equals);
      server.await(line ->
          line.matches("Status - Connected peers: 0, Peers in store: \\d+, Values in store: 1"));
      String address = Files.readString(directory.resolve("server_node_addr.txt")).strip();
      String id = address.substring(address.lastIndexOf('/') + 1);
      assertThat(address).matches("/ip4/127\\.0\\.0\\.1/tcp/\\d+/p2p/16Uiu2HA\\w+");
      assertInOrder(
          server.lines(),
          "Starting Universal Connectivity Application",
          "Local peer id: " + id,
          "Running in server mode on port " + address.split("/")[4],
          "Listening on " + address,
          "To connect to this node, use: --bootstrap " + address,
          "Saved server address to log: " + address,
          "DHT service started in server mode",
          "Stored value 'Hello message from Paschal' with key: " + VALUE_KEY,
          "Successfully advertised as server for content: " + CONTENT_KEY,
          RUNNING);

      try (var client = new Session(directory)) {
        client.start("run", "--mode", "client", "--verbose");
        client.await(line -> line.startsWith("Status - Connected peers: 1"));
        client.await("Kademlia bootstrap completed successfully"::equals);
        assertInOrder(
            client.lines(),
            "Loaded 1 server addresses from log",
            "Adding bootstrap peer: " + address,
            "Connected to bootstrap nodes: ['" + id + "']",
            "DHT service started in client mode",
            "Looking up key: " + VALUE_KEY,
            "Retrieved value: Hello message from Paschal",
            "Looking for servers of content: " + CONTENT_KEY,
            "Found 1 servers for content: ['" + id + "']",
            RUNNING);
        assertThat(client.lines())
            .anyMatch(l -> l.startsWith("Peer added to routing table: " + id));
        assertThat(client.lines())
            .anyMatch(l -> l.matches("Bootstrap progress: contacted \\d+ peers, \\d+ remaining"));
        server.await("Published test message to 'universal-connectivity' topic"::equals);
      }
    }
  }

  @Test
  void inAutoModeANodeOfALocalNetworkServesAndSaysWhy() throws Exception {
    try (var node = new Session(directory)) {
      node.start("run", "--mode", "auto");
      node.await(RUNNING::equals);

      assertInOrder(
          node.lines(),
          "DHT service started in server mode",
          "Auto mode: server, since nothing speaks against it on this network; --mode client to ask"
              + " only",
          RUNNING);
    }
  }

  @Test
  void inAutoModeANodeOfAPublicNetworkSaysWhyItStaysAClient() throws Exception {
    try (var node = new Session(directory)) {
      String nobody =
          "/ip4/127.0.0.1/tcp/1/p2p/" + "12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS";
      node.start("run", "--mode", "auto", "--network", "amino", "--bootstrap", nobody);
      node.await(RUNNING::equals);

      assertThat(node.lines())
          .contains("DHT service started in client mode")
          .anyMatch(line -> line.startsWith("Auto mode: client") && line.contains("--network lan"))
          .noneMatch(line -> line.startsWith("Looking up key"));
    }
  }

  @Test
  void aServerJoinsByAnEarlierOne() throws Exception {
    try (var first = new Session(directory);
        var second = new Session(directory)) {
      first.start("run", "--addr-file", "first.txt");
      first.await(RUNNING::equals);
      String address = Files.readString(directory.resolve("first.txt")).strip();

      second.start("run", "--bootstrap", address, "--key-type", "ed25519");
      second.await(RUNNING::equals);

      first.await(line -> line.startsWith("Peer added to routing table: 12D3KooW"));
    }
  }

  @Test
  void aClientWithoutBootstrapDoesNotLookIntoTheAddressFile() throws Exception {
    Files.writeString(directory.resolve("server_node_addr.txt"), "/ip4/127.0.0.1/tcp/1\n");
    try (var client = new Session(directory)) {
      client.start("run", "--mode", "client", "--no-bootstrap");
      client.await(RUNNING::equals);

      assertThat(client.lines())
          .noneMatch(line -> line.startsWith("Loaded"))
          .noneMatch(line -> line.startsWith("Adding bootstrap peer"));
      assertThat(client.err()).doesNotContain("bootstrap peer");
    }
  }

  @Test
  void goesOnWithoutABootstrapPeerAndSaysSoOnce() throws Exception {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (var client = new Session(directory)) {
      client.start("run", "--mode", "client", "--bootstrap", "/ip4/127.0.0.1/tcp/" + free);
      client.await(RUNNING::equals);

      assertThat(client.err()).contains("Cannot reach bootstrap peer /ip4/127.0.0.1/tcp/" + free);
      assertThat(client.err()).contains("No bootstrap peer answers; going on alone");
      assertThat(client.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void saysInWhichLineOfWhichFileAnAddressIsThatLeadsToNobody() throws Exception {
    String gone = "/ip4/127.0.0.1/tcp/1";
    Files.writeString(directory.resolve("server_node_addr.txt"), "\n" + gone + "\n");
    try (var client = new Session(directory)) {
      client.start("run", "--mode", "client");
      client.await(RUNNING::equals);

      assertThat(client.lines()).contains("Adding bootstrap peer: " + gone);
      assertThat(client.err())
          .contains("Cannot reach bootstrap peer " + gone + " (line 2 of ")
          .contains("server_node_addr.txt):");
    }
  }

  @Test
  void anAddressFileThatIsNoneIsRefusedBeforeAnythingStarts() throws Exception {
    Files.writeString(directory.resolve("server_node_addr.txt"), "\nnonsense\n");
    try (var client = new Session(directory)) {
      assertThat(client.run("run", "--mode", "client", "--data", "node")).isEqualTo(2);

      assertThat(client.out()).isEmpty();
      assertThat(client.err()).contains("line 2 of ");
      assertThat(directory.resolve("node")).doesNotExist();
    }
  }

  @Test
  void aClientWithoutAnyAddressSaysWhatToDo() throws Exception {
    try (var client = new Session(directory)) {
      client.start("run", "--mode", "client");
      client.await(RUNNING::equals);

      assertThat(client.err()).contains("start a server here first, or give --bootstrap ADDR");
    }
  }

  @Test
  void joinsLaterWhenTheServerComesLater() throws Exception {
    Path keys = directory.resolve("server.key");
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var client = new Session(directory);
        var server = new Session(directory)) {
      client.start("run", "--mode", "client", "--bootstrap", "/ip4/127.0.0.1/tcp/" + port);
      client.await(RUNNING::equals);

      server.start("run", "--port", String.valueOf(port), "--identity", keys.toString());

      client.await("Retrieved value: Hello message from Paschal"::equals);
    }
  }

  @Test
  void endsAsInterrupted() throws IOException, InterruptedException {
    var server = new Session(directory);
    server.start("run");
    server.await(RUNNING::equals);

    server.close();

    assertThat(server.exitCode()).isEqualTo(130);
    assertThat(server.err()).isEmpty();
  }

  private static void assertInOrder(List<String> lines, String... wanted) {
    assertThat(lines).containsSubsequence(wanted);
  }
}
