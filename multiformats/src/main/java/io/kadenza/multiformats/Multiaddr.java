package io.kadenza.multiformats;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A network address that says how to speak at every layer, such as
/// `/ip4/192.0.2.1/udp/4001/quic-v1/p2p/12D3Koo…` (libp2p specs, addressing).
///
/// Reading never looks a name up. Both forms are canonical: `parse(x.toString())` and
/// `of(x.bytes().toArray())` equal `x`, unless `x` is [#EMPTY].
public final class Multiaddr {
  /// The longest address in use, a relayed WebTransport one with certificate hashes, has some 250
  /// bytes; an I2P destination has about 400.
  public static final int MAX_BYTES = 1024;

  /// No accepted address prints longer: text is at most three characters a byte (`http-path`) plus,
  /// for each component, its name, two '/' and three more for short values.
  public static final int MAX_CHARS = 4096;

  /// A relayed address has about a dozen.
  public static final int MAX_COMPONENTS = 32;

  /// What is left when everything is taken off. Printed as "/", and refused by the parsers.
  public static final Multiaddr EMPTY = new Multiaddr(List.of(), Bytes.EMPTY);

  private final List<Component> components;
  private final Bytes bytes;

  /// Null until first asked for. Racing threads compute equal strings.
  private @Nullable String text;

  private Multiaddr(List<Component> components, Bytes bytes) {
    this.components = List.copyOf(components);
    this.bytes = bytes;
    // In text a path swallows all that follows, so nothing may, or the address would not read back.
    for (int i = 0; i < components.size() - 1; i++) {
      if (components.get(i).protocol().isPath()) {
        throw MalformedException.onWire("nothing can follow the path of /unix");
      }
    }
  }

  /// Reads text. Throws [MalformedException] naming the component at fault.
  public static Multiaddr parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new MalformedException(
          "multiaddr of " + text.length() + " characters; at most " + MAX_CHARS + " are read");
    }
    try {
      return of(MultiaddrReader.text(text));
    } catch (MalformedException e) {
      throw new MalformedException(
          "not a multiaddr: "
              + MalformedException.quote(text)
              + " ("
              + e.getMessage()
              + "); expected the like of /ip4/192.0.2.1/tcp/4001");
    }
  }

  /// Reads the binary form.
  public static Multiaddr of(byte[] bytes) {
    checkSize(bytes.length);
    return new Multiaddr(MultiaddrReader.binary(bytes), Bytes.of(bytes));
  }

  private static Multiaddr of(List<Component> components) {
    if (components.isEmpty()) {
      return EMPTY;
    }
    if (components.size() > MAX_COMPONENTS) {
      throw new MalformedException("the address has more than " + MAX_COMPONENTS + " components");
    }
    int size = components.stream().mapToInt(Component::encodedSize).sum();
    checkSize(size);
    byte[] all = new byte[size];
    int at = 0;
    for (Component component : components) {
      at = component.encode(all, at);
    }
    return new Multiaddr(components, Bytes.wrap(all));
  }

  private static void checkSize(int bytes) {
    if (bytes > MAX_BYTES) {
      throw MalformedException.onWire(
          "multiaddr of " + bytes + " bytes; at most " + MAX_BYTES + " are read");
    }
  }

  /// The binary form, as it travels in messages.
  public Bytes bytes() {
    return bytes;
  }

  /// From the outermost layer, usually the IP address, inwards.
  public List<Component> components() {
    return components;
  }

  public boolean isEmpty() {
    return components.isEmpty();
  }

  public boolean has(Protocol protocol) {
    return first(protocol).isPresent();
  }

  /// The value in text of the first component of this protocol, if it has one.
  public Optional<String> value(Protocol protocol) {
    return first(protocol).map(Component::value);
  }

  /// The address of a host on the IP layer, `/ip4/…` or `/ip6/…`; [#with] adds the layers above.
  /// The zone of a scoped IPv6 address is left out, since it means nothing to anybody else.
  public static Multiaddr ofIp(InetAddress ip) {
    Bytes address = Bytes.wrap(ip.getAddress());
    Protocol protocol = address.size() == 4 ? Protocol.IP4 : Protocol.IP6;
    return of(List.of(new Component(protocol, address)));
  }

  /// This address with a protocol that has no value after it.
  public Multiaddr with(Protocol protocol) {
    return encapsulate(of(List.of(Component.of(protocol))));
  }

  /// This address with a protocol and its value in text after it.
  public Multiaddr with(Protocol protocol, String value) {
    return encapsulate(of(List.of(Component.of(protocol, value))));
  }

  /// This address with `inner` after it. Throws [MalformedException] when the result passes the
  /// bounds.
  public Multiaddr encapsulate(Multiaddr inner) {
    var all = new ArrayList<>(components);
    all.addAll(inner.components);
    return of(all);
  }

  /// This address up to, and without, the last component of the protocol; unchanged if it has none.
  public Multiaddr decapsulate(Protocol protocol) {
    for (int i = components.size() - 1; i >= 0; i--) {
      if (components.get(i).protocol() == protocol) {
        return of(components.subList(0, i));
      }
    }
    return this;
  }

  /// The peer this address leads to: the last `/p2p`. One followed by `/p2p-circuit` is only the
  /// relay on the way, so it does not count.
  public Optional<PeerId> peerId() {
    for (Component component : components.reversed()) {
      if (component.protocol() == Protocol.P2P) {
        return Optional.of(PeerId.of(component.bytes().array()));
      }
      if (component.protocol() == Protocol.P2P_CIRCUIT) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// This address ending in `/p2p/…` of that peer, in place of the peer it ended in, if any.
  public Multiaddr withPeer(PeerId peer) {
    var all = new ArrayList<>(withoutPeer().components);
    all.add(new Component(Protocol.P2P, peer.bytes()));
    return of(all);
  }

  /// This address without the `/p2p/…` at its end, if there is one; [#EMPTY] if there is nothing
  /// else.
  public Multiaddr withoutPeer() {
    return !isEmpty() && components.getLast().protocol() == Protocol.P2P
        ? of(components.subList(0, components.size() - 1))
        : this;
  }

  /// Whether the way leads through a relay.
  public boolean isCircuit() {
    return has(Protocol.P2P_CIRCUIT);
  }

  /// The IP address this address starts with, written out as a literal. An IPv4-mapped IPv6 address
  /// comes out as the IPv4 address it stands for.
  public Optional<InetAddress> ip() {
    return host()
        .filter(c -> c.protocol() == Protocol.IP4 || c.protocol() == Protocol.IP6)
        .map(c -> inet(c.bytes()));
  }

  private static InetAddress inet(Bytes address) {
    try {
      return InetAddress.getByAddress(address.toArray());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an IP component has 4 or 16 bytes", e);
    }
  }

  /// The port of the first `/tcp`.
  public OptionalInt tcpPort() {
    return port(Protocol.TCP);
  }

  /// The port of the first `/udp`.
  public OptionalInt udpPort() {
    return port(Protocol.UDP);
  }

  private OptionalInt port(Protocol protocol) {
    Optional<Component> found = first(protocol);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    Bytes port = found.get().bytes();
    return OptionalInt.of((port.at(0) & 0xff) << 8 | (port.at(1) & 0xff));
  }

  /// Whether the address starts with an IP address of, or a name for, this machine itself.
  public boolean isLoopback() {
    return scope() == Scope.LOOPBACK;
  }

  /// Whether the address starts with something that is certainly not reachable from the public
  /// Internet: a private, shared, link-local, loopback, unspecified, multicast, documentation or
  /// reserved IP address, a special-use name (RFC 6761) or an address inside this machine. Other
  /// names are not private: nobody has looked them up.
  public boolean isPrivate() {
    return scope() != Scope.PUBLIC;
  }

  /// Whether the address starts with the unspecified IP address, which stands for every interface.
  public boolean isWildcard() {
    return scope() == Scope.WILDCARD;
  }

  private Scope scope() {
    return host().map(Scope::of).orElse(Scope.PUBLIC);
  }

  /// The component that says where: the first, or after a zone the second.
  private Optional<Component> host() {
    for (Component component : components) {
      if (component.protocol() != Protocol.IP6ZONE) {
        return Optional.of(component);
      }
    }
    return Optional.empty();
  }

  private Optional<Component> first(Protocol protocol) {
    for (Component component : components) {
      if (component.protocol() == protocol) {
        return Optional.of(component);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object o) {
    return o == this || (o instanceof Multiaddr other && bytes.equals(other.bytes));
  }

  @Override
  public int hashCode() {
    return bytes.hashCode();
  }

  /// The canonical text.
  @Override
  public String toString() {
    String value = text;
    if (value == null) {
      var out = new StringBuilder(64);
      components.forEach(c -> c.print(out));
      value = isEmpty() ? "/" : out.toString();
      text = value;
    }
    return value;
  }
}
