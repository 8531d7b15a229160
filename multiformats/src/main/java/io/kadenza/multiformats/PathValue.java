package io.kadenza.multiformats;

/// An absolute file path. In text it takes the rest of the address, its first '/' included.
record PathValue() implements AddressValue {
  @Override
  public byte[] toBytes(String text) {
    byte[] value = Printable.encode(text, "path");
    check(text);
    return value;
  }

  @Override
  public String toText(byte[] value) {
    return Utf8.decode(value, 0, value.length);
  }

  @Override
  public void check(byte[] value) {
    check(Printable.decode(value, "path"));
  }

  private static void check(String path) {
    if (path.length() < 2 || path.charAt(0) != '/') {
      throw MalformedException.onWire(
          "expected an absolute path, not " + MalformedException.quote(path));
    }
  }
}
