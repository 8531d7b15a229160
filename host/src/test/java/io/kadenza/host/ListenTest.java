package io.kadenza.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

  @Test
  void theWildcardOfIpv6TakesBoth() throws IOException {
    assumeIpv6();
    try (var host = listening("/ip6/::/tcp/0")) {
      connect("127.0.0.1", port(host));
      connect("::1", port(host));
    }
  }
}
