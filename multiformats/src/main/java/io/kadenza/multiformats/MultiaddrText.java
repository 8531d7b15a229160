package io.kadenza.multiformats;

import java.util.ArrayList;
import java.util.List;

/// Cuts the text of a multiaddr into its components.
final class MultiaddrText {
  private MultiaddrText() {}

  static List<Component> components(String text) {
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
      if (protocol.isPath()) {
        add(components, Component.of(protocol, text.substring(nameEnd)));
        return components;
      }
      at = nameEnd;
      if (protocol.hasValue()) {
        int valueStart = Math.min(nameEnd + 1, end);
        at = segmentEnd(text, valueStart, end);
        add(components, Component.of(protocol, text.substring(valueStart, at)));
      } else {
        add(components, Component.of(protocol));
      }
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

  private static void add(List<Component> components, Component component) {
    if (components.size() == Multiaddr.MAX_COMPONENTS) {
      throw MalformedException.onWire(
          "the address has more than " + Multiaddr.MAX_COMPONENTS + " components");
    }
    components.add(component);
  }
}
