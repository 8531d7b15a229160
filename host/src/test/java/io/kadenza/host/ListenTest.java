package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PeerRecord;
import io.kadenza.host.internal.dial.SystemNames;
import io.kadenza.multiformats.Multiaddr;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Where a host can be reached, as it was asked to be.
class ListenTest {
  private static Host listening(String... addresses) {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen(addresses).start();
  }

  private static int port(Host host) {
    return host.addresses().getFirst().tcpPort().orElseThrow();
  }

  private static void connect(String ip, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(ip), port), 10_000);
    }
  }

  private static void assumeIpv6() {
    boolean there;
    try (var probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      there = probe.getInetAddress() instanceof Inet6Address;
    } catch (IOException none) {
      there = false;
    }
    assumeTrue(there, "this machine has no IPv6");
  }

  @Test
  void theWildcardOfIpv4IsClosedToIpv6() throws IOException {
    assumeIpv6();
    try (var host = listening("/ip4/0.0.0.0/tcp/0")) {
      assertThat(host.addresses()).allMatch(address -> address.toString().startsWith("/ip4/"));
      connect("127.0.0.1", port(host));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect("::1", port(host)));
    }
  }

  private static Host listening(String address, Supplier<List<InetAddress>> machine) {
    return Host.start(
        Identity.generate(KeyType.ED25519),
        List.of(Multiaddr.parse(address)),
        Limits.defaults(),
        HostBuilder.AGENT,
        new SystemNames(),
        machine);
  }

  /// As on a laptop, and on a machine whose network comes up after its services.
  @Test
  void addressesThatTheMachineGetsLaterAreToldToPeers() throws Exception {
    var machine = new AtomicReference<>(List.of(InetAddress.ofLiteral("127.0.0.1")));
    try (var host = listening("/ip4/0.0.0.0/tcp/0", machine::get);
        var peer = listening("/ip4/127.0.0.1/tcp/0")) {
      Hosts.meet(peer, host);
      var pushed = Hosts.nextIdentification(peer);

      machine.set(List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("127.0.0.1")));
      host.sweep();

      var lately = Multiaddr.parse("/ip4/192.0.2.7/tcp/" + port(host));
      assertThat(host.addresses()).hasSize(2).contains(lately);
      assertThat(pushed.get(20, TimeUnit.SECONDS).addresses()).contains(lately);
    }
  }

  /// As in a cluster, where each machine has the addresses of all services.
  @Test
  void ofAMachineWithHundredsOfAddressesThoseAreToldThatReachFarthest() throws Exception {
    List<InetAddress> many = new ArrayList<>(List.of(InetAddress.ofLiteral("127.0.0.1")));
    for (int i = 0; i < 300; i++) {
      many.add(InetAddress.ofLiteral("10.96." + i / 250 + "." + i % 250));
    }
    many.add(InetAddress.ofLiteral("8.8.8.8"));
    try (var host = listening("/ip4/0.0.0.0/tcp/0", () -> many);
        var peer = listening("/ip4/127.0.0.1/tcp/0")) {
      int port = port(host);
      assertThat(host.addresses())
          .hasSize(PeerRecord.MAX_ADDRESSES)
          .startsWith(Multiaddr.parse("/ip4/8.8.8.8/tcp/" + port))
          .contains(Multiaddr.parse("/ip4/10.96.0.0/tcp/" + port))
          .noneMatch(Multiaddr::isLoopback);

      var heard = Hosts.nextIdentification(peer);
      peer.connect(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port), Duration.ofSeconds(20));

      assertThat(heard.get(20, TimeUnit.SECONDS).addresses()).isEqualTo(host.addresses());
    }
  }

  @Test
  void aMachineThatCannotTellItsAddressesHasThoseThatItHad() {
    var machine = new AtomicReference<>(List.of(InetAddress.ofLiteral("127.0.0.1")));
    try (var host = listening("/ip4/0.0.0.0/tcp/0", machine::get)) {
      machine.set(List.of());
      host.sweep();

      assertThat(host.addresses()).hasSize(1);
    }
  }

  @Test
  void aWildcardThatIsNotReachedAtAnyAddressIsRefused() {
    assertThatExceptionOfType(ListenException.class)
        .isThrownBy(
            () -> listening("/ip4/0.0.0.0/tcp/0", () -> List.of(InetAddress.ofLiteral("::1"))))
        .withMessageContaining("/ip4/0.0.0.0/tcp/")
        .withMessageContaining("no address of IPv4");
  }

  @Test
  void theWildcardOfIpv6TakesBoth() throws IOException {
    assumeIpv6();
    try (var host = listening("/ip6/::/tcp/0")) {
      connect("127.0.0.1", port(host));
      connect("::1", port(host));
    }
  }
}
