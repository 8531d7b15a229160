package io.kadenza.multiformats;

/// Base58 with Bitcoin's alphabet and no prefix: the customary spelling of peer ids and of version
/// 0 CIDs.
public final class Base58 {
  static final Radix BTC =
      new Radix("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", false);

  /// The longest text read. The conversion is quadratic, and real values have 46 to 60 characters.
  public static final int MAX_CHARS = Radix.MAX_CHARS;

  private Base58() {}

  /// Throws [IllegalArgumentException] when the text would pass [#MAX_CHARS].
  public static String encode(byte[] data) {
    return BTC.encode(data);
  }

  /// Throws [MalformedException] when a character is none of the alphabet, or there are too many.
  public static byte[] decode(String text) {
    return BTC.decode(text);
  }
}
