package io.kadenza.multiformats;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Cuts a multiaddr, in text or in bytes, into its components.
final class MultiaddrReader {
  private MultiaddrReader() {}

  static List<Component> text(String text) {
    if (!text.startsWith("/") || text.length() == 1) {
      throw new MalformedException("an address starts with '/' and a protocol");
    }
    var components = new ArrayList<Component>();
    // One '/' at the end is common and harmless, except after a path, where it means something.
    int end = text.endsWith("/") ? text.length() - 1 : text.length();
    int at = 0;
    while (at < end) {
      int nameEnd = segmentEnd(text, at + 1, end);
      Protocol protocol = named(text.substring(at + 1, nameEnd));
      int valueEnd = nameEnd;
      String value = null;
      if (protocol.isPath()) {
        valueEnd = text.length();
        value = text.substring(nameEnd);
      } else if (protocol.hasValue()) {
        valueEnd = segmentEnd(text, Math.min(nameEnd + 1, end), end);
        value = text.substring(Math.min(nameEnd + 1, end), valueEnd);
      }
      if (value != null && value.isEmpty()) {
        throw new MalformedException("/" + protocol.text() + " needs a value");
      }
      add(components, Component.of(protocol, value));
      at = valueEnd;
    }
    return components;
  }

  private static int segmentEnd(String text, int from, int end) {
    int slash = text.indexOf('/', from);
    return slash < 0 || slash > end ? end : slash;
  }

  private static Protocol named(String name) {
    return Protocol.ofName(name)
        .orElseThrow(() ->
            new MalformedException(
                name.isEmpty()
                    ? "a protocol name is missing between two '/'"
                    : "unknown protocol " + MalformedException.quote(name)));
  }

  static List<Component> binary(byte[] bytes) {
    if (bytes.length == 0) {
      throw MalformedException.onWire("the address is empty");
    }
    var components = new ArrayList<Component>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      long code = Varint.read(in);
      Protocol protocol =
          Protocol.ofCode(code)
              .orElseThrow(() ->
                  MalformedException.onWire("unknown protocol code 0x" + Long.toHexString(code)));
      boolean prefixed = protocol.valueBytes() == Protocol.LENGTH_PREFIXED;
      long length = prefixed ? Varint.read(in) : protocol.valueBytes();
      if (length > in.remaining()) {
        throw MalformedException.onWire(
            "/"
                + protocol.text()
                + " announces a value of "
                + length
                + " bytes, "
                + in.remaining()
                + " follow");
      }
      byte[] value = new byte[(int) length];
      in.get(value);
      add(components, Component.wrap(protocol, value));
    }
    return components;
  }

  private static void add(List<Component> components, Component component) {
    if (components.size() == Multiaddr.MAX_COMPONENTS) {
      throw MalformedException.onWire(
          "the address has more than " + Multiaddr.MAX_COMPONENTS + " components");
    }
    components.add(component);
  }
}
