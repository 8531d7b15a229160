package io.kadenza.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Multiaddr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {
  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static List<String> reachable(String bound, String... machine) {
    return ListenAddresses.of(
            new InetSocketAddress(ip(bound), 4001),
            Arrays.stream(machine).map(ListenAddressesTest::ip).toList())
        .stream()
        .map(Multiaddr::toString)
        .toList();
  }

  @Test
  void aWildcardStandsAsTheMachinesOwnAddresses() {
    String[] machine = {"192.0.2.1", "2001:db8::1", "fe80::1", "127.0.0.1"};
    assertThat(reachable("0.0.0.0", machine))
        .containsExactly("/ip4/192.0.2.1/tcp/4001", "/ip4/127.0.0.1/tcp/4001");
    assertThat(reachable("::", machine)).hasSize(3);
    assertThat(reachable("127.0.0.1", machine)).containsExactly("/ip4/127.0.0.1/tcp/4001");
  }

  @Test
  void aMachineWithoutIpv4IsNotReachedByIt() {
    assertThat(reachable("0.0.0.0", "::1")).isEmpty();
  }

  /// As a configuration of other implementations has it.
  @Test
  void bothWildcardsAtOnePortAreOneSocket() {
    assertThat(toBind("/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"))
        .containsExactly("/ip6/::/tcp/4001");
    assertThat(toBind("/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4002")).hasSize(2);
    assertThat(toBind("/ip4/0.0.0.0/tcp/0", "/ip6/::/tcp/0")).hasSize(2);
    assertThat(toBind("/ip4/192.0.2.1/tcp/4001", "/ip6/::/tcp/4001")).hasSize(2);
  }

  private static List<String> toBind(String... wanted) {
    return ListenAddresses.toBind(Arrays.stream(wanted).map(Multiaddr::parse).toList()).stream()
        .map(Multiaddr::toString)
        .toList();
  }

  @Test
  void theMachinesAddressesEndWithTheLoopbacks() {
    List<Boolean> loopback =
        ListenAddresses.ofMachine().stream().map(InetAddress::isLoopbackAddress).toList();

    assertThat(loopback).isSorted();
  }
}
