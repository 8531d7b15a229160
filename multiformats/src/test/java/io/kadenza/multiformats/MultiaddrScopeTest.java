package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrScopeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ip4/127.0.0.1/tcp/1",
        "/ip4/127.255.255.255",
        "/ip6/::1/tcp/1",
        "/ip6/::ffff:127.0.0.1",
        "/ip6/64:ff9b::7f00:1",
        "/dns4/localhost",
        "/dns/LOCALHOST.",
        "/dns6/kad.localhost/tcp/1",
        "/ip6zone/lo/ip6/::1"
      })
  void loopbackIsThisMachine(String text) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address.isLoopback()).isTrue();
    assertThat(address.isPrivate()).isTrue();
    assertThat(address.isWildcard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ip4/0.0.0.0/udp/0", "/ip6/::/tcp/1", "/ip6/::ffff:0.0.0.0"})
  void theUnspecifiedAddressIsEveryInterface(String text) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address.isWildcard()).isTrue();
    assertThat(address.isPrivate()).isTrue();
    assertThat(address.isLoopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ip4/0.1.2.3",
        "/ip4/10.255.0.1",
        "/ip4/100.64.0.0",
        "/ip4/100.127.255.255",
        "/ip4/169.254.169.254",
        "/ip4/172.16.0.1",
        "/ip4/172.31.255.255",
        "/ip4/192.0.0.8",
        "/ip4/192.0.2.1",
        "/ip4/192.168.1.1",
        "/ip4/198.18.0.1",
        "/ip4/198.19.255.255",
        "/ip4/198.51.100.1",
        "/ip4/203.0.113.1",
        "/ip4/224.0.0.1",
        "/ip4/255.255.255.255",
        "/ip6/fc00::1",
        "/ip6/fdff::",
        "/ip6/fe80::1",
        "/ip6/febf::1",
        "/ip6/ff02::1",
        "/ip6/2001:db8::1",
        "/ip6/3fff::1",
        "/ip6/2001::1",
        "/ip6/100::1",
        "/ip6/64:ff9b:1::1",
        "/ip6/4000::",
        "/ip6/::ffff:10.0.0.1",
        "/ip6/64:ff9b::a00:1",
        "/ip6/2002:a00:1::",
        "/ip6/2002:7f00:1::",
        "/ip6/::2",
        "/ip6zone/eth0/ip6/fe80::1",
        "/dns/router.local",
        "/dns4/db.internal",
        "/dnsaddr/x.test",
        "/dns/a.home.arpa",
        "/unix/tmp/x",
        "/memory/1"
      })
  void addressesThatTheInternetDoesNotRouteArePrivate(String text) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address.isPrivate()).isTrue();
    assertThat(address.isLoopback()).isFalse();
    assertThat(address.isWildcard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ip4/1.1.1.1/tcp/1", "/ip4/9.255.255.255", "/ip4/11.0.0.0", "/ip4/100.63.255.255",
            "/ip4/100.128.0.0",
        "/ip4/172.15.255.255", "/ip4/172.32.0.0", "/ip4/192.0.1.0", "/ip4/198.17.255.255",
            "/ip4/198.20.0.0",
        "/ip4/223.255.255.255", "/ip6/2606:4700::1111", "/ip6/2001:200::1", "/ip6/2001:db9::",
            "/ip6/3ffe::1",
        "/ip6/::ffff:1.1.1.1", "/ip6/64:ff9b::101:101", "/ip6/2002:101:101::", "/dns/example.org",
            "/dns/notlocalhost",
        "/dns/local.example.org", "/p2p-circuit", "/onion/aaimaq4ygg2iegci:80"
      })
  void allElseMayBeReachable(String text) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address.isPrivate()).isFalse();
    assertThat(address.isLoopback()).isFalse();
    assertThat(address.isWildcard()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dns/x/ip4/127.0.0.1", "/ip4/1.1.1.1/tcp/1/ip4/127.0.0.1"})
  void onlyTheOutermostHostCounts(String text) {
    assertThat(Multiaddr.parse(text).isPrivate()).isFalse();
  }
}
