package io.kadenza.multiformats;

/// An absolute file path. In text it takes the rest of the address, its first '/' included.
record PathValue() implements AddressValue {
  @Override
  public byte[] toBytes(String text) {
    return Printable.encode(text, "path");
  }

  @Override
  public String toText(byte[] value) {
    return Utf8.decode(value, 0, value.length);
  }

  @Override
  public void check(byte[] value) {
    String path = Printable.decode(value, "path");
    if (path.length() < 2 || path.charAt(0) != '/') {
      throw MalformedException.onWire(
          "expected an absolute path, not " + MalformedException.quote(path));
    }
  }
}
