package io.kadenza.multiformats;

/// A name in UTF-8: a domain, a server name, an IPv6 zone. Never resolved here.
record NameValue(String what) implements AddressValue {
  /// RFC 1035: a domain name has at most 255 bytes.
  private static final int MAX_BYTES = 255;

  @Override
  public byte[] toBytes(String text) {
    return Printable.encode(text, what);
  }

  @Override
  public String toText(byte[] value) {
    return Utf8.decode(value, 0, value.length);
  }

  @Override
  public void check(byte[] value) {
    if (value.length == 0 || value.length > MAX_BYTES) {
      throw MalformedException.onWire(
          what + " has 1 to " + MAX_BYTES + " bytes, not " + value.length);
    }
    String text = Printable.decode(value, what);
    if (text.indexOf('/') >= 0 || text.indexOf(' ') >= 0) {
      throw MalformedException.onWire(
          what + " has no '/' and no blank: " + MalformedException.quote(text));
    }
  }
}
