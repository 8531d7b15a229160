package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Dialling by name, without asking anybody outside.
class NamesTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final PeerId OTHER = Identity.generate(KeyType.ED25519).peerId();

  private final Host server = host(new Names(Map.of(), List.of()));
  private final List<Host> hosts = new ArrayList<>(List.of(server));
  private final List<Multiaddr> failed = new ArrayList<>();

  private record Names(Map<String, List<String>> byName, List<InetAddress> ips)
      implements NameService {
    @Override
    public List<InetAddress> addresses(String name) {
      return ips;
    }

    @Override
    public List<String> texts(String name) {
      return byName.getOrDefault(name, List.of());
    }
  }

  private static Host host(NameService names) {
    return Host.builder(Identity.generate(KeyType.ED25519))
        .listen("/ip4/127.0.0.1/tcp/0")
        .names(names)
        .start();
  }

  private Host client(Map<String, List<String>> texts, InetAddress... ips) {
    var host = host(new Names(texts, List.of(ips)));
    host.observe(e -> {
      if (e instanceof HostEvent.DialFailed(var address, var _)) {
        failed.add(address);
      }
    });
    hosts.add(host);
    return host;
  }

  private String text(Multiaddr address, PeerId peer) {
    return "dnsaddr=" + address.withPeer(peer);
  }

  private Multiaddr here() {
    return server.addresses().getFirst();
  }

  @AfterEach
  void close() {
    hosts.forEach(Host::close);
  }

  @Test
  void aDnsaddrLeadsToThePeerThatIsMeantAndToNoOtherOfThatName() {
    var dead = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
    Host client =
        client(
            Map.of(
                "_dnsaddr.boot.example",
                List.of(
                    "v=spf1 -all",
                    "dnsaddr=/nonsense",
                    text(dead, OTHER),
                    "dnsaddr=/dnsaddr/one.boot.example/p2p/" + server.id()),
                "_dnsaddr.one.boot.example",
                List.of(text(here(), server.id()))));

    Connection connection =
        client.connect(Multiaddr.parse("/dnsaddr/boot.example/p2p/" + server.id()), LIMIT);

    assertThat(connection.peer()).isEqualTo(server.id());
    assertThat(failed).isEmpty();
  }

  @Test
  void aDnsaddrThatPointsAtItselfComesToAnEnd() {
    Host client =
        client(
            Map.of("_dnsaddr.loop.example", List.of("dnsaddr=/dnsaddr/loop.example/p2p/" + OTHER)));

    assertThatExceptionOfType(DialException.class)
        .isThrownBy(
            () -> client.connect(Multiaddr.parse("/dnsaddr/loop.example/p2p/" + OTHER), LIMIT));
  }

  @Test
  void withoutANameServerOneLineSaysSo() {
    Host client = client(Map.of());

    assertThatExceptionOfType(DialException.class)
        .isThrownBy(
            () -> client.connect(Multiaddr.parse("/dnsaddr/boot.example/p2p/" + OTHER), LIMIT))
        .satisfies(e -> {
          assertThat(e.reason()).isEqualTo(DialException.Reason.NO_ADDRESS);
          assertThat(e.getMessage())
              .hasLineCount(1)
              .contains("DNS", "/dnsaddr/boot.example", OTHER.toString());
        });
  }

  @Test
  @Timeout(20)
  void aNameServerThatSaysNothingIsWaitedForNoLongerThanAllowed() {
    var over = new CountDownLatch(1);
    Host client = host(new Silent(over));
    hosts.add(client);
    try {
      for (String name : List.of("/dns4/boot.example/tcp/1", "/dnsaddr/boot.example")) {
        assertThatExceptionOfType(DialException.class)
            .isThrownBy(() -> client.connect(Multiaddr.parse(name), Duration.ofMillis(100)))
            .satisfies(e -> {
              assertThat(e.reason()).isEqualTo(DialException.Reason.TIMEOUT);
              assertThat(e)
                  .hasMessageContaining("DNS gave no answer for ")
                  .hasMessageContaining(name);
            });
      }
    } finally {
      over.countDown();
    }
  }

  @Test
  @Timeout(20)
  void aNameThatNobodyAnswersForIsNamedWhoeverWasToBeThere() {
    var over = new CountDownLatch(1);
    Host client = host(new Silent(over));
    hosts.add(client);
    var named = Multiaddr.parse("/dnsaddr/boot.example/p2p/" + OTHER);
    try {
      assertThatExceptionOfType(DialException.class)
          .isThrownBy(() -> client.connect(named, Duration.ofMillis(100)))
          .satisfies(e -> {
            assertThat(e.reason()).isEqualTo(DialException.Reason.TIMEOUT);
            assertThat(e)
                .hasMessageContaining("DNS gave no answer for _dnsaddr.boot.example")
                .hasMessageContaining(OTHER.toString());
          });
    } finally {
      over.countDown();
    }
  }

  @Test
  @Timeout(20)
  void anAddressThatNeedsNoNameServerDoesNotWaitForIt() {
    var over = new CountDownLatch(1);
    Host client = host(new Silent(over));
    hosts.add(client);
    var named = Multiaddr.parse("/dns4/boot.example/tcp/1");
    try {
      var connection = client.connect(new PeerInfo(server.id(), List.of(named, here())), LIMIT);

      assertThat(connection.peer()).isEqualTo(server.id());
    } finally {
      over.countDown();
    }
  }

  @Test
  @Timeout(20)
  void aSlowNameServerIsWaitedForWhereNothingElseLeadsToThePeer() {
    Host client = host(new Slow());
    hosts.add(client);
    int port = here().tcpPort().orElseThrow();
    var named = Multiaddr.parse("/dns4/boot.example/tcp/" + port);
    var dead = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");

    var connection = client.connect(new PeerInfo(server.id(), List.of(named, dead)), LIMIT);

    assertThat(connection.peer()).isEqualTo(server.id());
  }

  /// Answers once nobody waits for the first question any more.
  private static final class Slow implements NameService {
    private final CountDownLatch answered = new CountDownLatch(1);

    @Override
    public List<InetAddress> addresses(String name) {
      try {
        answered.await();
      } catch (InterruptedException givenUp) {
        answered.countDown();
      }
      return List.of(InetAddress.getLoopbackAddress());
    }

    @Override
    public List<String> texts(String name) {
      return List.of();
    }
  }

  @Test
  void nobodyIsAskedForTheNamesOfWhatWeDoNotDial() {
    var asked = new ArrayList<String>();
    Host client =
        host(
            new NameService() {
              @Override
              public List<InetAddress> addresses(String name) {
                asked.add(name);
                return List.of(InetAddress.getLoopbackAddress());
              }

              @Override
              public List<String> texts(String name) {
                return List.of();
              }
            });
    hosts.add(client);

    assertThatExceptionOfType(DialException.class)
        .isThrownBy(
            () -> client.connect(Multiaddr.parse("/dns4/relay.example/tcp/443/tls/ws"), LIMIT))
        .withMessageContaining("that can be dialled");
    assertThat(asked).isEmpty();
  }

  /// Does not answer before it is over, whoever interrupts.
  private record Silent(CountDownLatch over) implements NameService {
    @Override
    public List<InetAddress> addresses(String name) {
      while (over.getCount() > 0) {
        try {
          over.await();
        } catch (InterruptedException notHeard) {
          // The system's resolver does not hear it either.
        }
      }
      return List.of();
    }

    @Override
    public List<String> texts(String name) {
      addresses(name);
      return List.of();
    }
  }

  @Test
  void aNameForOurselvesIsDialledAtItsLiteralAddress() {
    Host client = client(Map.of(), InetAddress.getLoopbackAddress());
    int port = here().tcpPort().orElseThrow();

    Connection connection =
        client.connect(Multiaddr.parse("/dns4/boot.example/tcp/" + port), LIMIT);

    assertThat(connection.peer()).isEqualTo(server.id());
  }

  @Test
  void t25ANameDoesNotSmuggleAPrivateAddressPastWhoTakesPublicOnesAlone() {
    Host client = client(Map.of(), InetAddress.getLoopbackAddress());
    int port = here().tcpPort().orElseThrow();
    var named =
        new PeerInfo(server.id(), List.of(Multiaddr.parse("/dns4/boot.example/tcp/" + port)));
    client.peerstore().addAddresses(server.id(), List.of(here()), Peerstore.CONNECTED);

    assertThatExceptionOfType(DialException.class)
        .isThrownBy(() -> client.connect(named, address -> !address.isPrivate(), LIMIT))
        .withMessageContaining("that this network may dial");
    assertThat(client.connections()).isEmpty();
  }
}
