package io.kadenza.multiformats;

/// A name in UTF-8: a domain, a server name, an IPv6 zone. Never resolved here.
record NameValue(String what) implements AddressValue {
  /// RFC 1035: a domain name has at most 255 bytes.
  private static final int MAX_BYTES = 255;

  @Override
  public byte[] toBytes(String text) {
    byte[] value = Printable.encode(text, what);
    check(text, value.length);
    return value;
  }

  @Override
  public String toText(byte[] value) {
    return Utf8.decode(value, 0, value.length);
  }

  @Override
  public void check(byte[] value) {
    check(Printable.decode(value, what), value.length);
  }

  private void check(String text, int bytes) {
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw MalformedException.onWire(what + " has 1 to " + MAX_BYTES + " bytes, not " + bytes);
    }
    if (text.indexOf('/') >= 0 || text.indexOf(' ') >= 0) {
      throw MalformedException.onWire(
          what + " has no '/' and no blank: " + MalformedException.quote(text));
    }
  }
}
