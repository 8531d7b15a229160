package io.kadenza.multiformats;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Text forms of bytes that say in their first character which base they are in (multibase table).
///
/// Where an alphabet has letters of one case only, either case is read. Left out are `identity`,
/// which is not text, and bases outside ASCII.
public enum Multibase {
  BASE2('0', bits("01", false)),
  BASE8('7', bits("01234567", false)),
  BASE10('9', new Radix("0123456789", false)),
  BASE16('f', bits("0123456789abcdef", false)),
  BASE16_UPPER('F', bits("0123456789ABCDEF", false)),
  BASE32('b', bits("abcdefghijklmnopqrstuvwxyz234567", false)),
  BASE32_UPPER('B', bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", false)),
  BASE32_PAD('c', bits("abcdefghijklmnopqrstuvwxyz234567", true)),
  BASE32_PAD_UPPER('C', bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", true)),
  BASE32_HEX('v', bits("0123456789abcdefghijklmnopqrstuv", false)),
  BASE32_HEX_UPPER('V', bits("0123456789ABCDEFGHIJKLMNOPQRSTUV", false)),
  BASE32_HEX_PAD('t', bits("0123456789abcdefghijklmnopqrstuv", true)),
  BASE32_HEX_PAD_UPPER('T', bits("0123456789ABCDEFGHIJKLMNOPQRSTUV", true)),
  BASE32_Z('h', bits("ybndrfg8ejkmcpqxot1uwisza345h769", false)),
  BASE36('k', new Radix("0123456789abcdefghijklmnopqrstuvwxyz", true)),
  BASE36_UPPER('K', new Radix("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", true)),
  BASE58_BTC('z', Base58.BTC),
  BASE58_FLICKR(
      'Z', new Radix("123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ", false)),
  BASE64('m', base64("+/", false)),
  BASE64_PAD('M', base64("+/", true)),
  BASE64_URL('u', base64("-_", false)),
  BASE64_URL_PAD('U', base64("-_", true));

  private static final Multibase[] BY_PREFIX = new Multibase[128];

  static {
    for (Multibase base : values()) {
      BY_PREFIX[base.prefix] = base;
    }
  }

  private final char prefix;

  // The codecs are immutable; the checker does not look into them.
  @SuppressWarnings("ImmutableEnumChecker")
  private final TextCodec codec;

  Multibase(char prefix, TextCodec codec) {
    this.prefix = prefix;
    this.codec = codec;
  }

  private static TextCodec bits(String alphabet, boolean padded) {
    return new BitGroups(alphabet, true, padded);
  }

  private static TextCodec base64(String last, boolean padded) {
    return new BitGroups(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last, false, padded);
  }

  /// The character that announces this base.
  public char prefix() {
    return prefix;
  }

  /// The prefix and the data in this base.
  public String encode(byte[] data) {
    return prefix + codec.encode(data);
  }

  /// Reads text that starts with this base's prefix.
  public byte[] decode(String text) {
    if (text.isEmpty() || text.charAt(0) != prefix) {
      throw new MalformedException(
          "expected text starting with '" + prefix + "', not " + MalformedException.quote(text));
    }
    return codec.decode(text.substring(1));
  }

  /// Reads text in whichever base its first character names.
  public static byte[] decodeAny(String text) {
    return of(text).decode(text);
  }

  /// The base that the first character of `text` names.
  public static Multibase of(String text) {
    char c = text.isEmpty() ? 0 : text.charAt(0);
    Multibase base = c < 128 ? BY_PREFIX[c] : null;
    if (base == null) {
      String known =
          Arrays.stream(values())
              .map(each -> String.valueOf(each.prefix))
              .collect(Collectors.joining());
      throw new MalformedException(
          "expected a multibase prefix (one of "
              + known
              + "), in "
              + MalformedException.quote(text));
    }
    return base;
  }

  /// The alphabet without the prefix, for formats that have none.
  TextCodec bare() {
    return codec;
  }
}
