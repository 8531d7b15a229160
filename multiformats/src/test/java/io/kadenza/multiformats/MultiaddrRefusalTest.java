package io.kadenza.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Threat T1: whatever arrives, an address or a [MalformedException].
class MultiaddrRefusalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "x",
        "ip4/1.2.3.4",
        "/nope",
        "/nope/1",
        "/IP4/1.2.3.4",
        " /tls",
        "/tls ",
        "/tls//",
        "/tls//tls",
        "/ip4",
        "/ip4/",
        "/ip4//tcp/1",
        "/ip4/::1",
        "/ip4/1.2.3",
        "/ip4/1.2.3.4.5",
        "/ip4/1.2.3.256",
        "/ip4/01.2.3.4",
        "/ip4/0x7f.0.0.1",
        "/ip4/2130706433",
        "/ip4/1.2.3.4 ",
        "/ip4/-1.2.3.4",
        "/ip4/1.2.3.٤",
        "/ip6/",
        "/ip6/:",
        "/ip6/:::",
        "/ip6/1",
        "/ip6/1::2::3",
        "/ip6/1:2:3:4:5:6:7",
        "/ip6/1:2:3:4:5:6:7:8:9",
        "/ip6/1:2:3:4:5:6:7::8",
        "/ip6/12345::",
        "/ip6/::g",
        "/ip6/fe80::1%eth0",
        "/ip6/::1.2.3",
        "/ip6/1.2.3.4::",
        "/ip6/1:2:3:4:5:6:7:1.2.3.4",
        "/ip6/1.2.3.4",
        "/ip6/:1::",
        "/ip6/1:",
        "/ip6/::١",
        "/tcp",
        "/tcp/",
        "/tcp/-1",
        "/tcp/+1",
        "/tcp/65536",
        "/tcp/080",
        "/tcp/1e3",
        "/tcp/99999999999999999999",
        "/tcp/ 1",
        "/tcp/١",
        "/tcp/0x1",
        "/udp/jfod",
        "/ipcidr/256",
        "/memory/18446744073709551616",
        "/memory/-1",
        "/ip6zone//",
        "/ip6zone",
        "/dns4/",
        "/dns/a b",
        "/dns/a\0b",
        "/dns/a\u001b[31mb",
        "/dns/\u202e",
        "/sni/\ud800",
        "/unix",
        "/unix/",
        "/unix/a\nb",
        "/quic/65536",
        "/udp/1234/udt/1234",
        "/http-path/",
        "/http-path/%",
        "/http-path/%2",
        "/http-path/%zz",
        "/http-path/a b",
        "/http-path/é",
        "/onion/9imaq4ygg2iegci7:80",
        "/onion/aaimaq4ygg2iegci7:80",
        "/onion/timaq4ygg2iegci7:0",
        "/onion/timaq4ygg2iegci7:-1",
        "/onion/timaq4ygg2iegci7",
        "/onion/timaq4ygg2iegci@:666",
        "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:",
        "/onion3/9ww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:80",
        "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd7:80",
        "/garlic32/566niximlxdzpanmn4qouucvua3k7neniwss47li5r6ugoertzu",
        "/garlic64/abcd",
        "/garlic64/jT~I+",
        "/p2p",
        "/p2p/",
        "/p2p/tcp",
        "/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5",
        "/p2p/bafybeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe",
        "/certhash/uEiA",
        "/certhash/!"
      })
  void textThatIsNoAddressIsRefusedWithAMessageSafeToPrint(String text) {
    Refused.by(() -> Multiaddr.parse(text))
        .satisfies(e -> assertThat(e.getMessage().codePoints()).allMatch(Printable::is))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).contains("multiaddr"));
  }

  /// A code alone is an address only where the protocol has no value; every other prefix is none.
  @ParameterizedTest
  @EnumSource
  void aTruncatedValueIsRefused(Protocol protocol) {
    byte[] whole = Samples.encode(new Samples(protocol.code()).component(protocol));

    assertThatCode(() -> Multiaddr.of(whole)).doesNotThrowAnyException();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      Refused.by(() -> Multiaddr.of(part));
    }
  }

  static Stream<Protocol> prefixed() {
    return Arrays.stream(Protocol.values()).filter(p -> p.valueBytes() == Protocol.LENGTH_PREFIXED);
  }

  @ParameterizedTest
  @MethodSource("prefixed")
  void aLengthThatIsNotThereIsRefusedWithoutAllocatingIt(Protocol protocol) {
    for (String length :
        new String[] {
          "00",
          "7f",
          "ffffffff07",
          "8080808008",
          "ffffffffffffffff7f",
          "ffffffffffffffffff01",
          "8000",
          "80"
        }) {
      byte[] bytes =
          HexFormat.of()
              .parseHex(Bytes.wrap(Varint.encode(protocol.code())).toHex() + length + "01");

      assertThat(Allocation.of(() -> Refused.by(() -> Multiaddr.of(bytes)))).isLessThan(100_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "05",
        "ff01",
        "ffffffffffffffff7f",
        "808080808080808080808001",
        "8400", // codes unknown or not minimal
        "350100",
        "35011b",
        "3501ff",
        "35012f",
        "350120",
        "3503e280ae", // NUL, ESC, not UTF-8, '/', blank, override
        "900301" + "61",
        "90032f00",
        "9003022f00",
        "900301" + "2f", // path relative, empty, with NUL, only '/'
        "9003022f61" + "060050", // a path with something after it
        "bc03000000000000000000000000", // onion port 0
        "a5030100",
        "a50302" + "0000",
        "a503022200",
        "d20300",
        "d2030112" // no peer id, no multihash
      })
  void bytesThatAreNoAddressAreRefused(String hex) {
    Refused.by(() -> Multiaddr.of(Bytes.fromHex(hex).toArray()));
  }

  @Test
  void aMegabyteOfTextIsRefusedUnread() {
    Refused.by(() -> Multiaddr.parse("/tls".repeat(1 << 18))).withMessageContaining("at most");
    Refused.by(() -> Multiaddr.parse("/unix/" + "x".repeat(1 << 20)))
        .withMessageContaining("at most");
    Refused.by(() -> Multiaddr.of(new byte[1 << 20])).withMessageContaining("at most");
  }

  @Test
  void componentsAreCounted() {
    String most = "/tls".repeat(Multiaddr.MAX_COMPONENTS);

    assertThat(Multiaddr.parse(most).components()).hasSize(Multiaddr.MAX_COMPONENTS);
    Refused.by(() -> Multiaddr.parse(most + "/tls")).withMessageContaining("32 components");
    Refused.by(() -> Multiaddr.parse("/tls".repeat(1000))).withMessageContaining("32 components");
    Refused.by(() -> Multiaddr.parse(most).with(Protocol.TLS))
        .withMessageContaining("32 components");
    Refused.by(() -> Multiaddr.parse(most).encapsulate(Multiaddr.parse(most)));
  }

  @Test
  void theLongestAddressStillReadsBackFromText() {
    // What prints longest: percent-encoded bytes, and four dotted bytes in the rest.
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < Multiaddr.MAX_COMPONENTS - 1; i++) {
      bytes.writeBytes(Samples.encode(Component.of(Protocol.IP4, "255.255.255.255")));
    }
    byte[] path = new byte[Multiaddr.MAX_BYTES - bytes.size() - 4];
    bytes.writeBytes(Samples.encode(new Component(Protocol.HTTP_PATH, Bytes.wrap(path))));
    Multiaddr longest = Multiaddr.of(bytes.toByteArray());

    assertThat(longest.bytes().size()).isEqualTo(Multiaddr.MAX_BYTES);
    assertThat(longest.toString()).hasSizeLessThanOrEqualTo(Multiaddr.MAX_CHARS);
    assertThat(Multiaddr.parse(longest.toString())).isEqualTo(longest);
    Refused.by(() -> longest.encapsulate(Multiaddr.parse("/tls")));
  }

  @Test
  void aPathCannotBeFollowed() {
    Refused.by(() -> Multiaddr.parse("/unix/a").with(Protocol.TLS)).withMessageContaining("/unix");
  }
}
