package io.kadenza.multiformats;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A network address that says how to speak at every layer, such as
/// `/ip4/192.0.2.1/udp/4001/quic-v1/p2p/12D3Koo…` (libp2p specs, addressing).
///
/// Reading never looks a name up. Both forms are canonical: `parse(x.toString())` and
/// `of(x.bytes())` equal `x`, unless `x` is [#EMPTY]. A node holds addresses by the hundred
/// thousand, so only the bytes are kept; the questions below walk them.
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
  public static final Multiaddr EMPTY = new Multiaddr(Bytes.EMPTY);

  private final Bytes bytes;

  private Multiaddr(Bytes bytes) {
    this.bytes = bytes;
  }

  /// Reads text. Throws [MalformedException] naming the component at fault.
  public static Multiaddr parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new MalformedException(
          "multiaddr of " + text.length() + " characters; at most " + MAX_CHARS + " are read");
    }
    try {
      return of(MultiaddrText.components(text));
    } catch (MalformedException e) {
      throw new MalformedException(
          "not a multiaddr: "
              + MalformedException.quote(text)
              + " ("
              + e.getMessage()
              + "); expected the like of /ip4/192.0.2.1/tcp/4001");
    }
  }

  /// Reads the binary form, which is copied.
  public static Multiaddr of(byte[] bytes) {
    checkSize(bytes.length);
    return of(Bytes.of(bytes));
  }

  /// Reads the binary form.
  public static Multiaddr of(Bytes bytes) {
    checkSize(bytes.size());
    var cursor = new ComponentCursor(bytes.array());
    boolean afterPath = false;
    for (int count = 0; cursor.next(); count++) {
      if (count == MAX_COMPONENTS) {
        throw MalformedException.onWire(
            "the address has more than " + MAX_COMPONENTS + " components");
      }
      // In text a path swallows all that follows, so nothing may, or the address would not read
      // back.
      if (afterPath) {
        throw MalformedException.onWire("nothing can follow the path of /unix");
      }
      cursor.check();
      afterPath = cursor.protocol().isPath();
    }
    return new Multiaddr(bytes);
  }

  private static void checkSize(int size) {
    if (size == 0) {
      throw MalformedException.onWire("the address is empty");
    }
    if (size > MAX_BYTES) {
      throw MalformedException.onWire(
          "multiaddr of " + size + " bytes; at most " + MAX_BYTES + " are read");
    }
  }

  private static Multiaddr of(List<Component> components) {
    int size = 0;
    for (Component component : components) {
      size += component.encodedSize();
    }
    checkSize(size);
    byte[] all = new byte[size];
    int at = 0;
    for (Component component : components) {
      at = component.encode(all, at);
    }
    return of(Bytes.wrap(all));
  }

  /// The address of a host on the IP layer, `/ip4/…` or `/ip6/…`; [#with] adds the layers above.
  /// The zone of a scoped IPv6 address is left out, since it means nothing to anybody else.
  public static Multiaddr ofIp(InetAddress ip) {
    Bytes address = Bytes.wrap(ip.getAddress());
    Protocol protocol = address.size() == 4 ? Protocol.IP4 : Protocol.IP6;
    return of(List.of(new Component(protocol, address)));
  }

  /// The binary form, as it travels in messages.
  public Bytes bytes() {
    return bytes;
  }

  /// From the outermost layer, usually the IP address, inwards.
  public List<Component> components() {
    var components = new ArrayList<Component>();
    var cursor = cursor();
    while (cursor.next()) {
      components.add(new Component(cursor.protocol(), cursor.value()));
    }
    return List.copyOf(components);
  }

  public boolean isEmpty() {
    return bytes.isEmpty();
  }

  public boolean has(Protocol protocol) {
    return seek(protocol).isPresent();
  }

  /// The value in text of the first component of this protocol, if it has one.
  public Optional<String> value(Protocol protocol) {
    return seek(protocol).map(c -> new Component(protocol, c.value()).value());
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
    if (isEmpty() || inner.isEmpty()) {
      return isEmpty() ? inner : this;
    }
    byte[] all = new byte[bytes.size() + inner.bytes.size()];
    bytes.copyTo(all, 0);
    inner.bytes.copyTo(all, bytes.size());
    return of(Bytes.wrap(all));
  }

  /// This address up to, and without, the last component of the protocol; unchanged if it has none.
  public Multiaddr decapsulate(Protocol protocol) {
    int end = bytes.size();
    var cursor = cursor();
    while (cursor.next()) {
      if (cursor.protocol() == protocol) {
        end = cursor.start();
      }
    }
    return upTo(end);
  }

  private Multiaddr upTo(int end) {
    return end == bytes.size() ? this : new Multiaddr(bytes.slice(0, end));
  }

  /// The peer this address leads to: the last `/p2p`. One followed by `/p2p-circuit` is only the
  /// relay on the way, so it does not count.
  public Optional<PeerId> peerId() {
    Bytes last = null;
    var cursor = cursor();
    while (cursor.next()) {
      if (cursor.protocol() == Protocol.P2P) {
        last = cursor.value();
      } else if (cursor.protocol() == Protocol.P2P_CIRCUIT) {
        last = null;
      }
    }
    return Optional.ofNullable(last).map(PeerId::of);
  }

  /// This address ending in `/p2p/…` of that peer, in place of the peer it ended in, if any.
  public Multiaddr withPeer(PeerId peer) {
    Multiaddr suffix = of(List.of(new Component(Protocol.P2P, peer.bytes())));
    return withoutPeer().encapsulate(suffix);
  }

  /// This address without the `/p2p/…` at its end, if there is one; [#EMPTY] if there is nothing
  /// else.
  public Multiaddr withoutPeer() {
    int end = bytes.size();
    var cursor = cursor();
    while (cursor.next()) {
      end = cursor.protocol() == Protocol.P2P ? cursor.start() : cursor.to();
    }
    return upTo(end);
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
        .map(c -> inet(c.value()));
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
    var found = seek(protocol);
    if (found.isEmpty()) {
      return OptionalInt.empty();
    }
    int at = found.get().from();
    return OptionalInt.of((bytes.at(at) & 0xff) << 8 | (bytes.at(at + 1) & 0xff));
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
    return host().map(c -> Scope.of(bytes.array(), c)).orElse(Scope.PUBLIC);
  }

  private ComponentCursor cursor() {
    return new ComponentCursor(bytes.array());
  }

  /// On the component that says where: the first, or after a zone the second.
  private Optional<ComponentCursor> host() {
    var cursor = cursor();
    while (cursor.next()) {
      if (cursor.protocol() != Protocol.IP6ZONE) {
        return Optional.of(cursor);
      }
    }
    return Optional.empty();
  }

  /// On the first component of this protocol.
  private Optional<ComponentCursor> seek(Protocol protocol) {
    var cursor = cursor();
    while (cursor.next()) {
      if (cursor.protocol() == protocol) {
        return Optional.of(cursor);
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
    if (isEmpty()) {
      return "/";
    }
    var out = new StringBuilder(64);
    var cursor = cursor();
    while (cursor.next()) {
      cursor.print(out);
    }
    return out.toString();
  }
}
