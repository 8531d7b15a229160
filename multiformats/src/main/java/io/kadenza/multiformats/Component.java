package io.kadenza.multiformats;

import org.jspecify.annotations.Nullable;

/// One step of a [Multiaddr]: a protocol and, where the protocol has one, its value.
public final class Component {
  private final Protocol protocol;
  private final Bytes bytes;

  /// The value in text; null until first asked for, and for ever where there is none.
  private @Nullable String text;

  private Component(Protocol protocol, Bytes bytes) {
    this.protocol = protocol;
    this.bytes = bytes;
  }

  /// A component from its value in text, null if the protocol has none.
  public static Component of(Protocol protocol, @Nullable String value) {
    AddressValue codec = protocol.value();
    if ((codec == null) != (value == null)) {
      throw new MalformedException(
          "/" + protocol.text() + (codec == null ? " takes no value" : " needs a value"));
    }
    return new Component(
        protocol, codec == null || value == null ? Bytes.EMPTY : Bytes.wrap(codec.toBytes(value)));
  }

  /// A component from its value in bytes, without the length prefix; takes ownership of the array.
  static Component wrap(Protocol protocol, byte[] value) {
    AddressValue codec = protocol.value();
    if (codec != null) {
      codec.check(value);
    }
    return new Component(protocol, Bytes.wrap(value));
  }

  public Protocol protocol() {
    return protocol;
  }

  /// The value in text, null where the protocol has none.
  public @Nullable String value() {
    AddressValue codec = protocol.value();
    String value = text;
    if (value == null && codec != null) {
      value = codec.toText(bytes.array());
      text = value;
    }
    return value;
  }

  /// The value in bytes, without protocol code and length; empty where the protocol has none.
  public Bytes bytes() {
    return bytes;
  }

  /// The length of the binary form: code, length prefix if any, value.
  int encodedSize() {
    int prefix = protocol.valueBytes() == Protocol.LENGTH_PREFIXED ? Varint.size(bytes.size()) : 0;
    return Varint.size(protocol.code()) + prefix + bytes.size();
  }

  int encode(byte[] out, int off) {
    int at = Varint.put(out, off, protocol.code());
    if (protocol.valueBytes() == Protocol.LENGTH_PREFIXED) {
      at = Varint.put(out, at, bytes.size());
    }
    bytes.copyTo(out, at);
    return at + bytes.size();
  }

  void print(StringBuilder out) {
    out.append('/').append(protocol.text());
    String value = value();
    if (value != null) {
      out.append(protocol.isPath() ? "" : "/").append(value);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Component other && protocol == other.protocol && bytes.equals(other.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * protocol.code() + bytes.hashCode();
  }

  /// The component as it stands in an address, such as `/tcp/4001`.
  @Override
  public String toString() {
    var out = new StringBuilder();
    print(out);
    return out.toString();
  }
}
