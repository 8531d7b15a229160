package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {
  private static final String ALICE = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";
  private static final String BOB = "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";

  /// Text and bytes as other implementations have them.
  @ParameterizedTest
  @CsvSource({
    "/ip4/192.0.2.42/tcp/443, 04c000022a0601bb",
    "/ip4/127.0.0.1/udp/1234, 047f000001910204d2",
    "/ip4/127.0.0.1/udp/1234/ip4/127.0.0.1/tcp/4321, 047f000001910204d2047f0000010610e1",
    "/ip4/127.0.0.1/udp/1234/quic, 047f000001910204d2cc03",
    "/ip4/127.0.0.1/udp/1234/quic-v1, 047f000001910204d2cd03",
    "/ip6/::1/tcp/0, 2900000000000000000000000000000001060000",
    "/ip6zone/x/ip6/fe80::1, 2a017829fe800000000000000000000000000001",
    "/ip4/10.0.0.0/ipcidr/8, 040a0000002b08",
    "/dns4/ipfs.io/tcp/443/wss, 3607697066732e696f0601bbde03",
    "/dnsaddr/sjc-1.bootstrap.libp2p.io, 3819736a632d312e626f6f7473747261702e6c69627032702e696f",
    "/sctp/1234, 840104d2",
    "/dccp/1234, 2104d2",
    "/onion/aaimaq4ygg2iegci:80, bc030010c0439831b48218480050",
    "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:1234,"
        + "bd03adadec040be047f9658668b11a504f3155001f231a37f54c4476c07fb4cc139ed7e30304d2",
    "/garlic32/566niximlxdzpanmn4qouucvua3k7neniwss47li5r6ugoertzuq,"
        + "bf0320efbcd45d0c5dc79781ac6f20ea5055a036afb48d45a52e7d68ec7d4338919e69",
    "/p2p/QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC,"
        + "a503221220d52ebb89d85b02a284948203a62ff28389c57c9f42beec4ec20db76a68911c0b",
    "/unix/a/b/c/d/e, 90030a2f612f622f632f642f65",
    "/unix/stdio, 9003062f737464696f",
    "/ip4/127.0.0.1/tcp/443/tls/sni/example.com/http/http-path/foo,"
        + "047f0000010601bbc003c1030b6578616d706c652e636f6de003e10303666f6f",
    "/ip4/127.0.0.1/udp/9090/quic-v1/webtransport, 047f00000191022382cd03d103",
    "/ip4/127.0.0.1/udp/9090/webrtc-direct, 047f000001910223829802",
    "/p2p-circuit/webrtc, a2029902",
    "/tcp/1/noise, 060001c603",
    "/memory/7, 89060000000000000007"
  })
  void textAndBytesAreTheSameAddress(String text, String hex) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address.bytes().toHex()).isEqualTo(hex);
    assertThat(Multiaddr.of(Bytes.fromHex(hex).toArray())).hasToString(text).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "/ip4/127.0.0.1/tcp/1234/, /ip4/127.0.0.1/tcp/1234",
    "/ipfs/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N, /p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
    "/p2p/bafzbeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe,"
        + "/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
    "/ip6/2001:DB8:0:0:1:0:0:1, /ip6/2001:db8::1:0:0:1",
    "/http-path/%66oo%2fbar, /http-path/foo%2Fbar",
    "/unix/a/b/, /unix/a/b/",
    "/unix//a, /unix//a"
  })
  void otherSpellingsPrintCanonically(String text, String canonical) {
    assertThat(Multiaddr.parse(text)).hasToString(canonical).isEqualTo(Multiaddr.parse(canonical));
  }

  @Test
  void certificateHashesPrintInBase64Url() {
    String canonical = "/certhash/uEiDDq4_xNyDorZBH3TlGazyJdOWSwvo4PUo5YHFMrvDE8g";
    Component hash = Multiaddr.parse(canonical).components().getFirst();

    assertThat(Multiaddr.parse("/certhash/" + Multibase.BASE16.encode(hash.bytes().toArray())))
        .hasToString(canonical);
  }

  @Test
  void componentsTellProtocolValueAndBytes() {
    Multiaddr address = Multiaddr.parse("/ip4/1.2.3.4/udp/258/quic-v1/p2p/" + ALICE);

    assertThat(address.components())
        .extracting(Component::protocol)
        .containsExactly(Protocol.IP4, Protocol.UDP, Protocol.QUIC_V1, Protocol.P2P);
    assertThat(address.components())
        .extracting(Component::value)
        .containsExactly("1.2.3.4", "258", null, ALICE);
    assertThat(address.components().get(1).bytes()).isEqualTo(Bytes.fromHex("0102"));
    assertThat(address.components().get(2).bytes().isEmpty()).isTrue();
    assertThat(address.components().getLast()).hasToString("/p2p/" + ALICE);
    assertThat(address.value(Protocol.UDP)).contains("258");
    assertThat(address.has(Protocol.TCP)).isFalse();
  }

  @Test
  void thePeerIsTheOneTheAddressLeadsTo() {
    Multiaddr direct = Multiaddr.parse("/ip4/1.2.3.4/tcp/1/p2p/" + ALICE);
    Multiaddr relay = Multiaddr.parse(direct + "/p2p-circuit");
    Multiaddr relayed = Multiaddr.parse(relay + "/p2p/" + BOB);

    assertThat(direct.peerId()).contains(PeerId.parse(ALICE));
    assertThat(relay.peerId()).as("the relay is only on the way").isEmpty();
    assertThat(relayed.peerId()).contains(PeerId.parse(BOB));
    assertThat(List.of(direct.isCircuit(), relay.isCircuit(), relayed.isCircuit()))
        .containsExactly(false, true, true);
  }

  @Test
  void aPeerIsPutOnAndTakenOff() {
    Multiaddr bare = Multiaddr.parse("/ip4/1.2.3.4/tcp/1");
    Multiaddr withAlice = bare.withPeer(PeerId.parse(ALICE));

    assertThat(withAlice).hasToString("/ip4/1.2.3.4/tcp/1/p2p/" + ALICE);
    assertThat(withAlice.withPeer(PeerId.parse(BOB))).hasToString("/ip4/1.2.3.4/tcp/1/p2p/" + BOB);
    assertThat(withAlice.withoutPeer()).isEqualTo(bare);
    assertThat(bare.withoutPeer()).isEqualTo(bare);
    assertThat(Multiaddr.parse("/p2p/" + ALICE).withoutPeer())
        .isEqualTo(Multiaddr.EMPTY)
        .hasToString("/");
    assertThat(Multiaddr.EMPTY.withPeer(PeerId.parse(ALICE))).hasToString("/p2p/" + ALICE);
  }

  @Test
  void layersAreAddedAndTakenOff() throws Exception {
    Multiaddr host = Multiaddr.ofIp(InetAddress.getByAddress(new byte[] {1, 2, 3, 4}));
    Multiaddr address = host.with(Protocol.TCP, "80").with(Protocol.TLS).with(Protocol.WS);

    assertThat(address).hasToString("/ip4/1.2.3.4/tcp/80/tls/ws");
    assertThat(address.decapsulate(Protocol.TLS)).hasToString("/ip4/1.2.3.4/tcp/80");
    assertThat(address.decapsulate(Protocol.QUIC)).isEqualTo(address);
    assertThat(host.encapsulate(host).decapsulate(Protocol.IP4)).as("the last one").isEqualTo(host);
    assertThat(host.decapsulate(Protocol.IP4).isEmpty()).isTrue();
    Refused.by(() -> host.with(Protocol.TCP));
    Refused.by(() -> host.with(Protocol.TLS, "x"));
    Refused.by(() -> host.with(Protocol.TCP, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/ip4/1.2.3.4/tcp/65535, 1.2.3.4, 65535, -1",
    "/ip6/2001:db8::1/udp/9/quic-v1, 2001:db8:0:0:0:0:0:1, -1, 9",
    "/ip6/::ffff:1.2.3.4/tcp/0, 1.2.3.4, 0, -1",
    "/ip6zone/eth0/ip6/fe80::1/tcp/1, fe80:0:0:0:0:0:0:1, 1, -1",
    "/dns4/example.org/tcp/443/wss, none, 443, -1",
    "/p2p-circuit, none, -1, -1"
  })
  void hostAndPortsAreReadOff(String text, String ip, int tcp, int udp) {
    Multiaddr address = Multiaddr.parse(text);

    assertThat(address.ip().map(InetAddress::getHostAddress).orElse("none")).isEqualTo(ip);
    assertThat(address.tcpPort()).isEqualTo(tcp < 0 ? OptionalInt.empty() : OptionalInt.of(tcp));
    assertThat(address.udpPort()).isEqualTo(udp < 0 ? OptionalInt.empty() : OptionalInt.of(udp));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/p2p-circuit/ip4/1.2.3.4", "/dns/x/ip4/1.2.3.4", "/memory/1/ip6/::1"})
  void anIpAddressFurtherInIsNotTheHost(String text) {
    assertThat(Multiaddr.parse(text).ip()).isEmpty();
  }

  @Test
  void protocolNamesAndCodesFindTheirProtocol() {
    for (Protocol protocol : Protocol.values()) {
      assertThat(Protocol.ofCode(protocol.code())).contains(protocol);
      assertThat(Protocol.ofName(protocol.text())).contains(protocol);
    }
    assertThat(Protocol.ofName("ipfs")).contains(Protocol.P2P);
    assertThat(Protocol.ofCode(-1)).isEmpty();
    assertThat(Protocol.ofCode(Long.MAX_VALUE)).isEmpty();
  }
}
