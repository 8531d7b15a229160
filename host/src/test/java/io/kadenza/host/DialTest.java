package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom a peer's addresses make us dial.
class DialTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension private final Hosts hosts = new Hosts();

  /// A peer that says it is at every one of some ports at which nobody listens.
  private static PeerInfo everywhere() throws Exception {
    List<Multiaddr> addresses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      try (var reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        addresses.add(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + reserved.getLocalPort()));
      }
    }
    return new PeerInfo(
        Identity.generate(KeyType.ED25519).peerId(), addresses.stream().distinct().toList());
  }

  @FunctionalInterface
  private interface Way {
    Connection dial(Host client, PeerInfo peer, Duration limit);
  }

  /// What is tried before that peer is given up.
  private List<Multiaddr> tried(Way way) throws Exception {
    List<Multiaddr> failed = new CopyOnWriteArrayList<>();
    Host client = hosts.start();
    var _ =
        client.observe(event -> {
          if (event instanceof HostEvent.DialFailed(var address, var _)) {
            failed.add(address);
          }
        });
    PeerInfo everywhere = everywhere();
    assertThatExceptionOfType(DialException.class)
        .isThrownBy(() -> way.dial(client, everywhere, LIMIT));
    return failed;
  }

  @Test
  void t25FewPortsOfOneHostAreTriedForAPeerThatNamesMany() throws Exception {
    assertThat(tried(Host::connect)).hasSize(4);
  }

  @Test
  void whoInsistsHasThemAllTried() throws Exception {
    assertThat(tried(Host::connectNow)).hasSizeGreaterThan(10);
  }

  /// Knows one name, and says what it stands for when it is let.
  private static final class SlowNames implements NameService {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answering = new CountDownLatch(1);

    @Override
    public List<InetAddress> addresses(String name) {
      asked.countDown();
      try {
        answering.await();
      } catch (InterruptedException givenUp) {
        return List.of();
      }
      return List.of(InetAddress.getLoopbackAddress());
    }

    @Override
    public List<String> texts(String name) {
      return List.of();
    }
  }

  /// As of the two networks of a dual DHT, one of which leaves private addresses alone.
  @Test
  @Timeout(60)
  void whoIsWillingDoesNotFailWithWhoIsNot() throws Exception {
    Host server = hosts.start();
    int port = server.addresses().getFirst().tcpPort().orElseThrow();
    var there = new PeerInfo(server.id(), List.of(Multiaddr.parse("/dns/there/tcp/" + port)));
    var names = new SlowNames();
    try (var client = Host.builder(Identity.generate(KeyType.ED25519)).names(names).start()) {
      var unwilling =
          new FutureTask<>(() -> client.connect(there, address -> !address.isPrivate(), LIMIT));
      Thread.ofPlatform().start(unwilling);
      names.asked.await();
      var willing = new FutureTask<>(() -> client.connect(there, _ -> true, LIMIT));
      var _ = waiting(willing);

      names.answering.countDown();

      assertThat(willing.get().peer()).isEqualTo(server.id());
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(unwilling::get)
          .withMessageContaining("may dial");
    }
  }

  /// Its reason is no failure of the attempt that was joined, after which another would be made.
  @Test
  @Timeout(60)
  void whoIsInterruptedWaitsNoLongerForAnotherPredicatesAttempt() throws Exception {
    var there =
        new PeerInfo(
            Identity.generate(KeyType.ED25519).peerId(),
            List.of(Multiaddr.parse("/dns/there/tcp/1")));
    var names = new SlowNames();
    try (var client = Host.builder(Identity.generate(KeyType.ED25519)).names(names).start()) {
      var first = new FutureTask<>(() -> client.connect(there, _ -> true, LIMIT));
      Thread.ofPlatform().start(first);
      names.asked.await();
      var joined = new FutureTask<>(() -> client.connect(there, _ -> true, LIMIT));
      Thread joining = waiting(joined);

      joining.interrupt();
      joining.join();

      assertThat(first).isNotDone();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(joined::get)
          .withMessageContaining("interrupted");
      names.answering.countDown();
    }
  }

  private static Thread waiting(FutureTask<?> task) {
    Thread thread = Thread.ofPlatform().start(task);
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /// Anybody can name such addresses beside a peer's own. Behind none of these fits a `/p2p/…`: the
  /// path would take it, or the address be too long, or of too many parts.
  @ParameterizedTest
  @MethodSource("full")
  void anAddressThatCannotEndInThePeerDoesNotSpoilTheOthers(Multiaddr full) {
    Host server = hosts.start();
    Host client = hosts.start();
    List<Multiaddr> addresses = new ArrayList<>(List.of(full));
    addresses.addAll(server.addresses());

    Connection connection = client.connect(new PeerInfo(server.id(), addresses), LIMIT);

    assertThat(connection.peer()).isEqualTo(server.id());
  }

  @ParameterizedTest
  @MethodSource("full")
  void suchAnAddressCannotBeDialledItself(Multiaddr full) {
    assertThat(Host.canDial(full)).isFalse();
  }

  private static List<Multiaddr> full() {
    return Stream.of(
            "/unix/tmp/socket",
            "/ip4/127.0.0.1/tcp/1/http-path/" + "x".repeat(1_008),
            "/dns/a/tcp/1/http-path/" + "x".repeat(1_013),
            "/ip4/127.0.0.1/tcp/1" + "/ws".repeat(30))
        .map(Multiaddr::parse)
        .toList();
  }

  @Test
  void anAddressWithNothingInItLeadsNowhere() {
    var id = Identity.generate(KeyType.ED25519).peerId();
    Multiaddr nothing = Multiaddr.parse("/p2p/" + id).withoutPeer();
    try (var client = Host.builder(Identity.generate(KeyType.ED25519)).start()) {
      assertThatExceptionOfType(DialException.class)
          .isThrownBy(() -> client.connect(nothing, LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ip4/192.0.2.1/tcp/4001",
        "/ip6/2001:db8::1/tcp/4001/p2p/12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS",
        "/dns/example.com/tcp/4001",
        "/dns4/example.com/tcp/4001",
        "/dns6/example.com/tcp/4001",
        "/dnsaddr/example.com/p2p/12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS"
      })
  void tcpAndNamesInFrontOfItCanBeDialled(String address) {
    assertThat(Host.canDial(Multiaddr.parse(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ip4/192.0.2.1",
        "/ip4/192.0.2.1/udp/4001/quic-v1",
        "/ip4/192.0.2.1/tcp/4001/ws",
        "/dns4/example.com/tcp/443/tls/ws",
        "/p2p/12D3KooWLU2znyJMtDiHArqAGbZn8CgUGp92kxDBtefftEEaHSZS"
      })
  void nothingElseCanBeDialled(String address) {
    assertThat(Host.canDial(Multiaddr.parse(address))).isFalse();
    assertThat(Host.canDial(Multiaddr.parse(address).withoutPeer())).isFalse();
  }
}
