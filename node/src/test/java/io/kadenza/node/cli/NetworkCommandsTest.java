package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.FrameLimits;
import io.kadenza.host.Host;
import io.kadenza.host.HostBuilder;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One-shot commands against one server on loopback, whose address they find in the address file.
class NetworkCommandsTest {
  @RegisterExtension private static final OneServer SERVER = new OneServer();

  @Test
  void tracesALookupOnStandardError() {
    var put = new Session(SERVER.directory());
    var get = new Session(SERVER.directory());

    assertThat(put.run("put", "/v/traced", "x", "--trace")).isEqualTo(0);
    assertThat(get.run("get", "/v/traced", "--trace", "--json")).isEqualTo(0);

    assertThat(put.out()).isEqualTo("stored at 1 peer\n");
    String shortName = SERVER.node().host().id().shortName();
    assertThat(put.err())
        .startsWith("FIND_NODE /v/traced at ")
        .contains("✓ " + shortName, "0 new of", HostBuilder.AGENT, "closest:  " + shortName)
        .containsPattern("PUT_VALUE +✓ " + shortName + " .* took it")
        .doesNotContain("\u001b");
    assertThat(get.json().path("value").asString()).isEqualTo("x");
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
    var find = new Session(SERVER.directory());
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
      var session = new Session(SERVER.directory());
      session.run((verb + " --trace").split(" "));
      assertThat(session.err()).as(verb).contains("over after", " because ");
    }
  }

  @Test
  void saysNotFound() {
    var get = new Session(SERVER.directory());
    var find = new Session(SERVER.directory());
    var peer = new Session(SERVER.directory());

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
  void findsTheServer() {
    var find = new Session(SERVER.directory());
    var closest = new Session(SERVER.directory());

    assertThat(find.run("findpeer", SERVER.node().host().id().toString())).isEqualTo(0);
    assertThat(closest.run("closest", "/v/any", "--json")).isEqualTo(0);

    assertThat(find.out().strip()).isEqualTo(SERVER.address());
    assertThat(closest.json().path("schema").asString()).isEqualTo("kad.closest/v1");
    assertThat(closest.json().path("id").asString())
        .isEqualTo(SERVER.node().host().id().toString());
  }

  @Test
  void pingsAndIdentifiesTheServer() {
    var ping = new Session(SERVER.directory());
    var identify = new Session(SERVER.directory());
    String bare = SERVER.node().host().addresses().getFirst().toString();

    assertThat(ping.run("ping", SERVER.address(), "--count", "2", "--interval", "1ms"))
        .isEqualTo(0);
    assertThat(identify.run("identify", bare, "--json")).isEqualTo(0);

    assertThat(ping.lines()).hasSize(2).allMatch(l -> l.matches("16Uiu\\w+: seq=\\d time=.* ms"));
    assertThat(identify.json().path("schema").asString()).isEqualTo("kad.identify/v1");
    assertThat(identify.json().path("agent").asString()).isEqualTo(HostBuilder.AGENT);
    assertThat(identify.json().path("key_type").asString()).isEqualTo("secp256k1");
    assertThat(identify.json().path("protocols").toString()).contains("/ipfs/kad/1.0.0");
  }
}
