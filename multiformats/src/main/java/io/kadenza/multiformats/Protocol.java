package io.kadenza.multiformats;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every protocol a multiaddr can name: the registered codes of multiformats/multiaddr
/// (`protocols.csv`).
public enum Protocol {
  IP4(0x04, "ip4", 4, new Ip4Value()),
  TCP(0x06, "tcp", 2, new DecimalValue(2)),
  DCCP(0x21, "dccp", 2, new DecimalValue(2)),
  IP6(0x29, "ip6", 16, new Ip6Value()),
  IP6ZONE(0x2a, "ip6zone", new NameValue("IPv6 zone")),
  IPCIDR(0x2b, "ipcidr", 1, new DecimalValue(1)),
  DNS(0x35, "dns", new NameValue("domain name")),
  DNS4(0x36, "dns4", new NameValue("domain name")),
  DNS6(0x37, "dns6", new NameValue("domain name")),
  DNSADDR(0x38, "dnsaddr", new NameValue("domain name")),
  SCTP(0x84, "sctp", 2, new DecimalValue(2)),
  UDP(0x0111, "udp", 2, new DecimalValue(2)),
  P2P_WEBRTC_STAR(0x0113, "p2p-webrtc-star"),
  P2P_WEBRTC_DIRECT(0x0114, "p2p-webrtc-direct"),
  P2P_STARDUST(0x0115, "p2p-stardust"),
  WEBRTC_DIRECT(0x0118, "webrtc-direct"),
  WEBRTC(0x0119, "webrtc"),
  P2P_CIRCUIT(0x0122, "p2p-circuit"),
  UDT(0x012d, "udt"),
  UTP(0x012e, "utp"),
  UNIX(0x0190, "unix", new PathValue()),
  P2P(0x01a5, "p2p", HashValue.PEER_ID),
  HTTPS(0x01bb, "https"),
  ONION(0x01bc, "onion", 12, new OnionValue(10)),
  ONION3(0x01bd, "onion3", 37, new OnionValue(35)),
  GARLIC64(0x01be, "garlic64", GarlicValue.BASE64),
  GARLIC32(0x01bf, "garlic32", GarlicValue.BASE32),
  TLS(0x01c0, "tls"),
  SNI(0x01c1, "sni", new NameValue("server name")),
  NOISE(0x01c6, "noise"),
  QUIC(0x01cc, "quic"),
  QUIC_V1(0x01cd, "quic-v1"),
  WEBTRANSPORT(0x01d1, "webtransport"),
  CERTHASH(0x01d2, "certhash", HashValue.CERTHASH),
  WS(0x01dd, "ws"),
  WSS(0x01de, "wss"),
  P2P_WEBSOCKET_STAR(0x01df, "p2p-websocket-star"),
  HTTP(0x01e0, "http"),
  HTTP_PATH(0x01e1, "http-path", new HttpPathValue()),
  /// The table leaves the form of the value open; like go and rust we use a 64-bit number.
  MEMORY(0x0309, "memory", 8, new DecimalValue(8));

  /// [#valueBytes] of protocols whose value has a length prefix.
  public static final int LENGTH_PREFIXED = -1;

  private static final Map<String, Protocol> BY_NAME = byName();
  private static final @Nullable Protocol[] BY_CODE = new Protocol[0x0400];

  static {
    for (Protocol protocol : values()) {
      BY_CODE[protocol.code] = protocol;
    }
  }

  private final int code;
  private final String text;
  private final int valueBytes;

  // The codecs are immutable; the checker does not look into them.
  @SuppressWarnings("ImmutableEnumChecker")
  private final @Nullable AddressValue form;

  Protocol(int code, String text) {
    this(code, text, 0, null);
  }

  Protocol(int code, String text, AddressValue form) {
    this(code, text, LENGTH_PREFIXED, form);
  }

  Protocol(int code, String text, int valueBytes, @Nullable AddressValue form) {
    this.code = code;
    this.text = text;
    this.valueBytes = valueBytes;
    this.form = form;
  }

  private static Map<String, Protocol> byName() {
    var names = new HashMap<String, Protocol>();
    for (Protocol protocol : values()) {
      names.put(protocol.text, protocol);
    }
    // "/ipfs is the legacy spelling of /p2p": read, never written.
    names.put("ipfs", P2P);
    return Map.copyOf(names);
  }

  /// The protocol with this multicodec.
  public static Optional<Protocol> ofCode(long code) {
    return Optional.ofNullable(find(code));
  }

  static @Nullable Protocol find(long code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[(int) code] : null;
  }

  /// The protocol with this name in text, legacy spellings included.
  public static Optional<Protocol> ofName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// The multicodec.
  public int code() {
    return code;
  }

  /// The name as it stands in an address, such as `quic-v1`.
  public String text() {
    return text;
  }

  /// How many bytes the value has: 0 when there is none, [#LENGTH_PREFIXED] when it varies.
  public int valueBytes() {
    return valueBytes;
  }

  public boolean hasValue() {
    return form != null;
  }

  /// Whether the value takes all the rest of the text, '/' included.
  public boolean isPath() {
    return this == UNIX;
  }

  @Nullable AddressValue form() {
    return form;
  }

  @Override
  public String toString() {
    return text;
  }
}
