package io.kadenza.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.NameService;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WayInTest {
  private static WayIn.Missed missed(String address, String why) {
    return new WayIn.Missed(new Seed(Multiaddr.parse(address)), why);
  }

  @Test
  void addressesThatFailForOneReasonShareIt() {
    var way =
        new WayIn(
            List.of(),
            List.of(
                missed("/dnsaddr/a.example", "no such name"),
                missed("/ip4/192.0.2.1/tcp/1", "nobody listens"),
                missed("/dnsaddr/b.example", "no such name")));

    assertThat(way.blame())
        .isEqualTo(
            "/dnsaddr/a.example, /dnsaddr/b.example: no such name;"
                + " /ip4/192.0.2.1/tcp/1: nobody listens");
  }

  @Test
  void aPeerThatSeveralAddressesLeadToIsReachedOnce() {
    try (var host = host();
        var good = host()) {
      Multiaddr bare = good.addresses().getFirst();
      Multiaddr named = Multiaddr.parse("/dns4/localhost/tcp/" + bare.tcpPort().getAsInt());

      var way =
          WayIn.dial(
              host,
              List.of(
                  new Seed(bare), new Seed(named), new Seed(bare.withPeer(good.id()), "from here")),
              Duration.ofSeconds(20));

      assertThat(way.reached()).containsExactly(new PeerInfo(good.id(), List.of(bare, named)));
      assertThat(way.missed()).isEmpty();
    }
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

  @Test
  @Timeout(20)
  void namesOfAPeerThatNobodyAnswersForDoNotStandBeforeItsAddress() {
    var over = new CountDownLatch(1);
    try (var good = host();
        var host =
            Host.builder(Identity.generate(KeyType.ED25519)).names(new Silent(over)).start()) {
      var seeds = new ArrayList<Seed>();
      for (int i = 0; i < 8; i++) {
        var named = Multiaddr.parse("/dns4/boot" + i + ".example/tcp/1");
        seeds.add(new Seed(named.withPeer(good.id())));
      }
      seeds.add(new Seed(good.addresses().getFirst().withPeer(good.id())));

      var way = WayIn.dial(host, seeds, Duration.ofSeconds(5));

      assertThat(way.reached()).extracting(PeerInfo::id).contains(good.id());
    } finally {
      over.countDown();
    }
  }

  /// Does not answer before it is over.
  private record Silent(CountDownLatch over) implements NameService {
    @Override
    public List<InetAddress> addresses(String name) {
      try {
        over.await();
      } catch (InterruptedException givenUp) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    }

    @Override
    public List<String> texts(String name) {
      addresses(name);
      return List.of();
    }
  }

  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }
}
