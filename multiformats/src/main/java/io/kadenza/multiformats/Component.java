package io.kadenza.multiformats;

import org.jspecify.annotations.Nullable;

/// One step of a [Multiaddr]: a protocol and its value in bytes, without protocol code and length;
/// empty where the protocol has none.
public record Component(Protocol protocol, Bytes bytes) {
  /// Throws [MalformedException] unless the bytes are a value of that protocol.
  public Component {
    int expected = protocol.valueBytes();
    if (expected != Protocol.LENGTH_PREFIXED && bytes.size() != expected) {
      throw MalformedException.onWire(
          "/" + protocol.text() + " has a value of " + expected + " bytes, not " + bytes.size());
    }
    AddressValue form = protocol.form();
    if (form != null) {
      form.check(bytes.array());
    }
  }

  /// A component of a protocol that has no value.
  public static Component of(Protocol protocol) {
    if (protocol.hasValue()) {
      throw new MalformedException("/" + protocol.text() + " needs a value");
    }
    return new Component(protocol, Bytes.EMPTY);
  }

  /// A component from its value in text.
  public static Component of(Protocol protocol, String value) {
    AddressValue form = protocol.form();
    if (form == null) {
      throw new MalformedException("/" + protocol.text() + " takes no value");
    }
    if (value.isEmpty()) {
      throw new MalformedException("/" + protocol.text() + " needs a value");
    }
    return new Component(protocol, Bytes.wrap(form.toBytes(value)));
  }

  /// The value in text, null where the protocol has none.
  public @Nullable String value() {
    AddressValue form = protocol.form();
    return form == null ? null : form.toText(bytes.array());
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

  static void print(Protocol protocol, Bytes value, StringBuilder out) {
    out.append('/').append(protocol.text());
    AddressValue form = protocol.form();
    if (form != null) {
      out.append(protocol.isPath() ? "" : "/").append(form.toText(value.array()));
    }
  }

  /// The component as it stands in an address, such as `/tcp/4001`.
  @Override
  public String toString() {
    var out = new StringBuilder();
    print(protocol, bytes, out);
    return out.toString();
  }
}
