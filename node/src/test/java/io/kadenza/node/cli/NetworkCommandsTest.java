package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.FrameLimits;
import io.kadenza.host.Host;
import io.kadenza.host.HostBuilder;
import io.kadenza.kad.Network;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoWriter;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/// One-shot commands against one server on loopback, whose address they find in the address file.
class NetworkCommandsTest {
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

  @Test
  void putsAndGetsAValue() {
    var put = new Session(directory);
    var get = new Session(directory);

    assertThat(put.run("put", "/v/hello", "world")).as(put.err()).isEqualTo(0);
    assertThat(get.run("get", "/v/hello", "--bootstrap", address())).as(get.err()).isEqualTo(0);

    assertThat(put.out()).isEqualTo("stored at 1 peer\n");
    assertThat(get.out()).isEqualTo("world");
    assertThat(get.err()).isEmpty();
  }

  @Test
  void aValueThatBeginsWithAnAtSignIsNoFileOfArguments(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("alice"), "somebody-else");
    for (String value : List.of("@" + file, "@@alice")) {
      var get = new Session(directory);

      assertThat(new Session(directory).run("put", "/v/" + value, value)).isEqualTo(0);
      assertThat(get.run("get", "/v/" + value)).isEqualTo(0);

      assertThat(get.out()).isEqualTo(value);
    }
  }

  @Test
  void takesAKeyAfterItsBootstrapAddresses() {
    new Session(directory).run("put", "/v/order", "x");
    var get = new Session(directory);

    assertThat(get.run("get", "--bootstrap", address(), address(), "/v/order")).isEqualTo(0);
    assertThat(get.out()).isEqualTo("x");
  }

  @Test
  void readsAValueFromStandardInput() {
    var put = new Session(directory).reading("from a pipe");
    var get = new Session(directory);

    assertThat(put.run("put", "/v/pipe", "-", "--json")).isEqualTo(0);
    assertThat(get.run("get", "/v/pipe", "--json")).isEqualTo(0);

    assertThat(json(put).path("schema").asString()).isEqualTo("kad.put/v1");
    assertThat(json(put).path("copies").asInt()).isEqualTo(1);
    assertThat(json(get).path("schema").asString()).isEqualTo("kad.get/v1");
    assertThat(json(get).path("value").asString()).isEqualTo("from a pipe");
    assertThat(json(get).path("lookup").path("reason").isString()).isTrue();
  }

  @Test
  void refusesAValueThatIsTooLarge() {
    var put = new Session(directory).reading("x".repeat(20_000));

    assertThat(put.run("put", "/v/large", "-")).isEqualTo(2);
    assertThat(put.err()).contains("larger than the 10240 bytes");
  }

  @Test
  void escapesAValueOnATerminalAlone() {
    String nasty = "red\u001b[31m\u202eback";
    new Session(directory).reading(nasty).run("put", "/v/nasty", "-");
    var seen = new Session(directory).onTerminal();
    var piped = new Session(directory);

    assertThat(seen.run("get", "/v/nasty")).isEqualTo(0);
    assertThat(piped.run("get", "/v/nasty")).isEqualTo(0);

    assertThat(seen.out()).isEqualTo("red\\u{1b}[31m\\u{202e}back\n");
    assertThat(piped.out()).isEqualTo(nasty);
  }

  @Test
  void tracesALookupOnStandardError() {
    var put = new Session(directory);
    var get = new Session(directory);

    assertThat(put.run("put", "/v/traced", "x", "--trace")).isEqualTo(0);
    assertThat(get.run("get", "/v/traced", "--trace", "--json")).isEqualTo(0);

    assertThat(put.out()).isEqualTo("stored at 1 peer\n");
    String shortName = server.host().id().shortName();
    assertThat(put.err())
        .startsWith("FIND_NODE /v/traced at ")
        .contains("✓ " + shortName, "0 new of", HostBuilder.AGENT, "closest:  " + shortName)
        .containsPattern("PUT_VALUE +✓ " + shortName + " .* took it")
        .doesNotContain("\u001b");
    assertThat(json(get).path("value").asString()).isEqualTo("x");
    assertThat(get.err().lines())
        .allMatch(line -> line.startsWith("{\"schema\":\"kad.trace/v1\",\"event\":"));
    assertThat(get.err()).contains("\"event\":\"start\"", "\"event\":\"terminate\"");
  }

  /// Whoever is asked can name such an address beside good ones.
  @Test
  void leavesOutTheAddressesOfAPeerThatCannotEndInIt() {
    PeerId peer = Identity.generate(KeyType.ED25519).peerId();
    byte[] answer =
        new ProtoWriter()
            .varint(1, 4)
            .message(
                8,
                closer ->
                    closer
                        .bytes(1, peer.bytes())
                        .bytes(2, Multiaddr.parse("/unix/tmp/socket").bytes())
                        .bytes(2, Multiaddr.parse("/ip4/127.0.0.1/tcp/1").bytes()))
            .toByteArray();
    var find = new Session(directory);
    try (var liar =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start()) {
      liar.handleFrames(
          Network.LOCAL.protocol(),
          new FrameLimits(1 << 20, 4, 4),
          (_, _, _, _, exchange) -> exchange.reply(answer));
      String where = liar.addresses().getFirst().withPeer(liar.id()).toString();

      assertThat(find.run("findpeer", peer.toString(), "--bootstrap", where))
          .as(find.err())
          .isEqualTo(0);
    }
    assertThat(find.out()).isEqualTo("/ip4/127.0.0.1/tcp/1/p2p/" + peer + "\n");
  }

  @Test
  void everyVerbCanBeTraced() {
    String stranger = Identity.generate(KeyType.ED25519).peerId().toString();
    for (String verb :
        List.of("provide traced", "findprovs traced", "findpeer " + stranger, "closest traced")) {
      var session = new Session(directory);
      session.run((verb + " --trace").split(" "));
      assertThat(session.err()).as(verb).contains("over after", " because ");
    }
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
  void namesTheNetworkOfAnIpfsNodeOfTheHouse() {
    try (var lan = LocalNode.of(Network.LAN, Part.SERVER)) {
      var get = new Session(directory);
      String there = lan.addresses().getFirst().toString();

      assertThat(get.run("get", "/v/hello", "--bootstrap", there)).as(get.err()).isEqualTo(5);
      assertThat(get.err()).contains("/ipfs/lan/kad/1.0.0", "give --network lan");
    }
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
  void saysNotFound() {
    var get = new Session(directory);
    var find = new Session(directory);
    var peer = new Session(directory);

    assertThat(get.run("get", "/v/absent")).isEqualTo(3);
    assertThat(find.run("findprovs", "absent")).isEqualTo(3);
    assertThat(peer.run("findpeer", Identity.generate(KeyType.ED25519).peerId().toString()))
        .isEqualTo(3);

    assertThat(get.out()).isEmpty();
    assertThat(get.err())
        .contains("no value found for \"/v/absent\"")
        .contains("1 asked, 1 answered", "; everybody heard of was asked, and they were few)");
    assertThat(find.err()).contains("nobody provides");
    assertThat(peer.err()).contains("nobody knows where");
  }

  @Test
  void refusesAnInvalidRecord() {
    var put = new Session(directory);
    var strict = new Session(directory);

    assertThat(put.run("put", "/pk/" + server.host().id(), "x")).isEqualTo(6);
    assertThat(strict.run("put", "/v/hello", "x", "--strict")).isEqualTo(6);

    assertThat(put.err()).contains("the record is invalid");
    assertThat(strict.err()).contains("the key does not begin with");
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

  @Test
  void findsTheServer() {
    var find = new Session(directory);
    var closest = new Session(directory);

    assertThat(find.run("findpeer", server.host().id().toString())).isEqualTo(0);
    assertThat(closest.run("closest", "/v/any", "--json")).isEqualTo(0);

    assertThat(find.out().strip()).isEqualTo(address());
    assertThat(json(closest).path("schema").asString()).isEqualTo("kad.closest/v1");
    assertThat(json(closest).path("id").asString()).isEqualTo(server.host().id().toString());
  }

  @Test
  void pingsAndIdentifiesTheServer() {
    var ping = new Session(directory);
    var identify = new Session(directory);
    String bare = server.host().addresses().getFirst().toString();

    assertThat(ping.run("ping", address(), "--count", "2", "--interval", "1ms")).isEqualTo(0);
    assertThat(identify.run("identify", bare, "--json")).isEqualTo(0);

    assertThat(ping.lines()).hasSize(2).allMatch(l -> l.matches("16Uiu\\w+: seq=\\d time=.* ms"));
    assertThat(json(identify).path("schema").asString()).isEqualTo("kad.identify/v1");
    assertThat(json(identify).path("agent").asString()).isEqualTo(HostBuilder.AGENT);
    assertThat(json(identify).path("key_type").asString()).isEqualTo("secp256k1");
    assertThat(json(identify).path("protocols").toString()).contains("/ipfs/kad/1.0.0");
  }

  @Test
  void namesBothPeersWhenAnotherOneAnswers() {
    String other = Identity.generate(KeyType.ED25519).peerId().toString();
    String wrong = server.host().addresses().getFirst() + "/p2p/" + other;
    var get = new Session(directory);
    var ping = new Session(directory);

    assertThat(get.run("get", "/v/hello", "--bootstrap", wrong)).isEqualTo(5);
    assertThat(ping.run("ping", wrong)).isEqualTo(5);

    assertThat(get.err()).contains(other).contains(server.host().id().toString());
    assertThat(ping.err()).contains(other).contains(server.host().id().toString());
    assertThat(get.err().lines()).hasSize(1);
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    var get = new Session(directory);

    assertThat(get.run("get", "/v/hello", "--bootstrap", "/ip4/127.0.0.1/tcp/" + free))
        .isEqualTo(5);
    assertThat(get.err().lines()).hasSize(1);
    assertThat(get.err()).contains("no bootstrap peer can be reached", "/tcp/" + free);
  }

  @Test
  void timeThatIsOverBeforeAnybodyAnsweredIsTime() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var get = new Session(directory);
      String address = "/ip4/127.0.0.1/tcp/" + silent.getLocalPort();

      assertThat(get.run("get", "/v/a", "--bootstrap", address, "--timeout", "200ms")).isEqualTo(4);
      assertThat(get.err().lines()).hasSize(1);
    }
  }

  @Test
  void givesUpOnASilentPeerInTime() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "/ip4/127.0.0.1/tcp/" + silent.getLocalPort();
      for (String command : List.of("ping", "identify")) {
        var session = new Session(directory);

        assertThat(session.run(command, address, "--timeout", "200ms")).isEqualTo(4);
        assertThat(session.err().lines()).hasSize(1);
      }
    }
  }

  @Test
  void looksUpWhatPeersCalledItsKeyInHex() {
    server.dht().put(Bytes.fromHex("00ff10"), Bytes.utf8("raw"), Duration.ofSeconds(5));
    var get = new Session(directory);

    assertThat(get.run("get", "--hex", "00ff10")).as(get.err()).isEqualTo(0);
    assertThat(get.out()).isEqualTo("raw");
  }

  @Test
  void twoNetworksOnOneMachineAreStrangers() {
    try (var other =
        LocalNode.of(Network.of("/my-app").withValidators(Validators.open()), Part.SERVER)) {
      String way = other.addresses().getFirst().toString();
      var put = new Session(directory);
      var get = new Session(directory);
      var stranger = new Session(directory);

      assertThat(put.run("put", "/v/ours", "x", "--network", "/my-app", "--bootstrap", way))
          .as(put.err())
          .isEqualTo(0);
      assertThat(get.run("get", "/v/ours", "--network", "/my-app", "--bootstrap", way))
          .isEqualTo(0);
      assertThat(stranger.run("get", "/v/ours", "--bootstrap", way)).isEqualTo(5);

      assertThat(get.out()).isEqualTo("x");
      assertThat(stranger.err().lines())
          .singleElement()
          .asString()
          .contains("another network", "/my-app/kad/1.0.0", "--network");
    }
  }

  @Test
  void saysThatTheBootstrapPeersAreClients() {
    try (var client = LocalNode.of(Network.LOCAL, Part.CLIENT)) {
      var put = new Session(directory);

      int exit =
          put.run("put", "/v/x", "y", "--bootstrap", client.addresses().getFirst().toString());

      assertThat(exit).isEqualTo(5);
      assertThat(put.err().lines())
          .singleElement()
          .asString()
          .contains("clients", "join by a server");
    }
  }

  @Test
  void saysThatAPublicNetworkTakesNoPrivateAddresses() {
    var get = new Session(directory);

    get.run("closest", "x", "--network", "amino", "--bootstrap", address());

    assertThat(get.err()).contains("private address", "--network lan or local");
  }

  @Test
  void refusesANetworkThatCannotBe() {
    var unknown = new Session(directory);
    var reserved = new Session(directory);

    assertThat(unknown.run("get", "/v/hello", "--network", "nomino")).isEqualTo(2);
    assertThat(reserved.run("run", "--network", "/ipfs/own")).isEqualTo(2);

    assertThat(unknown.err()).contains("\"nomino\"", "local, amino, lan");
    assertThat(reserved.err()).contains("belongs to IPFS");
  }
}
