package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/// Valid values made from one seed.
final class Samples {
  private static final String NAME_CHARS = "abcXYZ0189-_.%:é中";

  private final Random random;

  Samples(long seed) {
    random = new Random(seed);
  }

  byte[] bytes(int min, int max) {
    byte[] out = new byte[random.nextInt(min, max + 1)];
    random.nextBytes(out);
    return out;
  }

  PeerId peerId() {
    return random.nextBoolean()
        ? PeerId.ofPublicKey(bytes(1, 42))
        : PeerId.ofPublicKey(bytes(43, 300));
  }

  Multihash multihash() {
    return switch (random.nextInt(3)) {
      case 0 -> Multihash.sha256(bytes(0, 40));
      case 1 -> Multihash.identity(bytes(0, 40));
      default -> Multihash.of(0x30_0000 + random.nextInt(1 << 20), bytes(0, 128));
    };
  }

  String name() {
    var out = new StringBuilder();
    int length = random.nextInt(1, 12);
    for (int i = 0; i < length; i++) {
      out.append(NAME_CHARS.charAt(random.nextInt(NAME_CHARS.length())));
    }
    return out.toString();
  }

  Component component(Protocol protocol) {
    byte[] value =
        switch (protocol) {
          case IP4, IP6 -> ipWithZeros(protocol.valueBytes());
          case IP6ZONE, DNS, DNS4, DNS6, DNSADDR, SNI -> name().getBytes(UTF_8);
          case UNIX -> ("/" + name() + "/" + name()).getBytes(UTF_8);
          case P2P -> peerId().bytes().toArray();
          case CERTHASH -> multihash().bytes().toArray();
          case GARLIC64 -> bytes(386, 400);
          case GARLIC32 -> bytes(35, 40);
          case HTTP_PATH -> bytes(1, 30);
          case ONION, ONION3 -> withPort(bytes(protocol.valueBytes(), protocol.valueBytes()));
          default -> bytes(protocol.valueBytes(), protocol.valueBytes());
        };
    return new Component(protocol, Bytes.wrap(value));
  }

  /// Zeros are what IPv6's text form is about.
  private byte[] ipWithZeros(int length) {
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = (byte) (random.nextInt(3) > 0 ? 0 : random.nextInt());
    }
    return out;
  }

  private static byte[] withPort(byte[] onion) {
    onion[onion.length - 1] |= 1;
    return onion;
  }

  /// The binary form of an address of one to eight components; a path only at the end.
  byte[] multiaddr() {
    var out = new ByteArrayOutputStream();
    int count = random.nextInt(1, 9);
    Protocol[] all = Protocol.values();
    for (int i = 0; i < count; i++) {
      Protocol protocol = all[random.nextInt(all.length)];
      boolean misplaced = protocol.isPath() && i < count - 1;
      boolean tooLong = protocol == Protocol.GARLIC64 && out.size() > 400;
      if (!misplaced && !tooLong) {
        out.writeBytes(encode(component(protocol)));
      } else {
        out.writeBytes(encode(component(Protocol.TLS)));
      }
    }
    return out.toByteArray();
  }

  static byte[] encode(Component component) {
    byte[] out = new byte[component.encodedSize()];
    component.encode(out, 0);
    return out;
  }
}
