package io.kadenza.multiformats;

/// Walks the components of a binary multiaddr in place. Confined to one thread.
///
/// Moving checks codes and lengths, so it cannot leave the array; [#check] also checks the value.
final class ComponentCursor {
  private final byte[] buf;
  private Protocol protocol = Protocol.IP4;
  private int start;
  private int from;
  private int to;

  ComponentCursor(byte[] buf) {
    this.buf = buf;
  }

  /// Moves to the next component; false at the end.
  boolean next() {
    start = to;
    if (start == buf.length) {
      return false;
    }
    long code = Varint.read(buf, start, buf.length);
    Protocol named = Protocol.find(code);
    if (named == null) {
      throw MalformedException.onWire("unknown protocol code 0x" + Long.toHexString(code));
    }
    protocol = named;
    int at = start + Varint.size(code);
    long length = protocol.valueBytes();
    if (length == Protocol.LENGTH_PREFIXED) {
      length = Varint.read(buf, at, buf.length);
      at += Varint.size(length);
    }
    if (length > buf.length - at) {
      throw MalformedException.onWire(
          "/"
              + protocol.text()
              + " announces a value of "
              + length
              + " bytes, "
              + (buf.length - at)
              + " follow");
    }
    from = at;
    to = at + (int) length;
    return true;
  }

  Protocol protocol() {
    return protocol;
  }

  /// Where the current component starts.
  int start() {
    return start;
  }

  /// Where the current component's value starts.
  int from() {
    return from;
  }

  /// Where the current component ends.
  int to() {
    return to;
  }

  /// A copy of the current component's value.
  Bytes value() {
    return Bytes.of(buf, from, to - from);
  }

  /// Throws [MalformedException] unless the value is one of the current protocol.
  void check() {
    AddressValue form = protocol.form();
    if (form != null && !form.isAnyBytes()) {
      form.check(value().array());
    }
  }

  void print(StringBuilder out) {
    Component.print(protocol, value(), out);
  }
}
