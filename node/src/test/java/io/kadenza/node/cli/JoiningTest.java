package io.kadenza.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.Network;
import io.kadenza.kad.record.Validators;
import io.kadenza.node.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How one-shot commands come into a network, and what they say when they do not.
class JoiningTest {
  @RegisterExtension private static final OneServer SERVER = new OneServer();

  @Test
  void namesTheNetworkOfAnIpfsNodeOfTheHouse() {
    try (var lan = LocalNode.of(Network.LAN, Part.SERVER)) {
      var get = new Session(SERVER.directory());
      String there = lan.addresses().getFirst().toString();

      assertThat(get.run("get", "/v/hello", "--bootstrap", there)).as(get.err()).isEqualTo(5);
      assertThat(get.err()).contains("/ipfs/lan/kad/1.0.0", "give --network lan");
    }
  }

  @Test
  void namesBothPeersWhenAnotherOneAnswers() {
    String other = Identity.generate(KeyType.ED25519).peerId().toString();
    String wrong = SERVER.node().host().addresses().getFirst() + "/p2p/" + other;
    var get = new Session(SERVER.directory());
    var ping = new Session(SERVER.directory());

    assertThat(get.run("get", "/v/hello", "--bootstrap", wrong)).isEqualTo(5);
    assertThat(ping.run("ping", wrong)).isEqualTo(5);

    assertThat(get.err()).contains(other).contains(SERVER.node().host().id().toString());
    assertThat(ping.err()).contains(other).contains(SERVER.node().host().id().toString());
    assertThat(get.err().lines()).hasSize(1);
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    var get = new Session(SERVER.directory());

    assertThat(get.run("get", "/v/hello", "--bootstrap", "/ip4/127.0.0.1/tcp/" + free))
        .isEqualTo(5);
    assertThat(get.err().lines()).hasSize(1);
    assertThat(get.err()).contains("no bootstrap peer can be reached", "/tcp/" + free);
  }

  @Test
  void timeThatIsOverBeforeAnybodyAnsweredIsTime() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var get = new Session(SERVER.directory());
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
        var session = new Session(SERVER.directory());

        assertThat(session.run(command, address, "--timeout", "200ms")).isEqualTo(4);
        assertThat(session.err().lines()).hasSize(1);
      }
    }
  }

  @Test
  void twoNetworksOnOneMachineAreStrangers() {
    try (var other =
        LocalNode.of(Network.of("/my-app").withValidators(Validators.open()), Part.SERVER)) {
      String way = other.addresses().getFirst().toString();
      var put = new Session(SERVER.directory());
      var get = new Session(SERVER.directory());
      var stranger = new Session(SERVER.directory());

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
      var put = new Session(SERVER.directory());

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
    var get = new Session(SERVER.directory());

    get.run("closest", "x", "--network", "amino", "--bootstrap", SERVER.address());

    assertThat(get.err()).contains("private address", "--network lan or local");
  }

  @Test
  void refusesANetworkThatCannotBe() {
    var unknown = new Session(SERVER.directory());
    var reserved = new Session(SERVER.directory());

    assertThat(unknown.run("get", "/v/hello", "--network", "nomino")).isEqualTo(2);
    assertThat(reserved.run("run", "--network", "/ipfs/own")).isEqualTo(2);

    assertThat(unknown.err()).contains("\"nomino\"", "local, amino, lan");
    assertThat(reserved.err()).contains("belongs to IPFS");
  }
}
