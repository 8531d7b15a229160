package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayInTest {
  private static WayIn.Failure failure(String address, String why) {
    return new WayIn.Failure(new Seed(Multiaddr.parse(address)), why);
  }

  @Test
  void addressesThatFailForOneReasonShareIt() {
    var way =
        new WayIn(
            List.of(),
            List.of(
                failure("/dnsaddr/a.example", "no such name"),
                failure("/ip4/192.0.2.1/tcp/1", "nobody listens"),
                failure("/dnsaddr/b.example", "no such name")));

    assertThat(way.blame())
        .isEqualTo(
            "/dnsaddr/a.example, /dnsaddr/b.example: no such name;"
                + " /ip4/192.0.2.1/tcp/1: nobody listens");
  }

  @Test
  void whoSaysNothingDoesNotKeepTheOthersWaiting() throws IOException {
    try (var host = host();
        var good = host();
        var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var silent = Multiaddr.parse("/ip4/127.0.0.1/tcp/" + mute.getLocalPort());

      var way =
          WayIn.dial(
              host,
              List.of(new Seed(silent), new Seed(good.addresses().getFirst())),
              Duration.ofSeconds(20));

      assertThat(way.reached()).extracting(PeerInfo::id).containsExactly(good.id());
      assertThat(way.blame()).isEqualTo(silent + ": no answer yet, going on without it");
    }
  }

  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }
}
