package io.kadenza.multiformats;

/// An I2P destination: the whole key in I2P's base64 (`garlic64`) or its hash in base32
/// (`garlic32`).
enum GarlicValue implements AddressValue {
  /// I2P writes '-' and '~' where others write '+' and '/'. A destination has at least 387 bytes,
  /// of which the last may be absent in old ones.
  BASE64(
      new BitGroups(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-~", false, true)) {
    @Override
    public void check(byte[] value) {
      if (value.length < 386) {
        throw MalformedException.onWire("a garlic64 address has at least 386 bytes");
      }
    }
  },

  /// 32 bytes of hash; addresses with an encrypted lease set have 35 or more.
  BASE32(Multibase.BASE32.bare()) {
    @Override
    public void check(byte[] value) {
      if (value.length != 32 && value.length < 35) {
        throw MalformedException.onWire("a garlic32 address has 32 bytes, or 35 and more");
      }
    }
  };

  // The codecs are immutable; the checker does not look into them.
  @SuppressWarnings("ImmutableEnumChecker")
  private final TextCodec codec;

  GarlicValue(TextCodec codec) {
    this.codec = codec;
  }

  @Override
  public byte[] toBytes(String text) {
    return codec.decode(text);
  }

  @Override
  public String toText(byte[] value) {
    return codec.encode(value);
  }
}
