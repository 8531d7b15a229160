package io.kadenza.multiformats;

/// Groups of 1 to 6 bits, most significant first, one character each (RFC 4648 and its relatives).
///
/// Decoding is strict, so that bytes have one spelling per base: padding exactly where the base has
/// it, no superfluous character, and zeros in the bits of the last character that carry no data.
final class BitGroups implements TextCodec {
  /// Text longer than this is a mistake: the largest thing carried this way is an inlined key or
  /// record.
  static final int MAX_CHARS = 1 << 20;

  private final char[] alphabet;
  private final byte[] values;
  private final int bits;

  /// Text is padded with '=' to a multiple of this many characters; 1 for unpadded bases.
  private final int block;

  BitGroups(String alphabet, boolean foldCase, boolean padded) {
    this.alphabet = alphabet.toCharArray();
    this.values = TextCodec.digits(alphabet, foldCase);
    this.bits = Integer.numberOfTrailingZeros(alphabet.length());
    this.block = padded ? (bits == 6 ? 4 : 8) : 1;
  }

  @Override
  public String encode(byte[] data) {
    long chars = (8L * data.length + bits - 1) / bits;
    if (chars > MAX_CHARS) {
      throw new IllegalArgumentException(
          data.length
              + " bytes are too many to print; at most "
              + MAX_CHARS
              + " characters are read back");
    }
    var out = new StringBuilder((int) chars + block);
    int buffer = 0;
    int held = 0;
    for (byte b : data) {
      buffer = buffer << 8 | (b & 0xff);
      held += 8;
      while (held >= bits) {
        held -= bits;
        out.append(alphabet[(buffer >>> held) & (alphabet.length - 1)]);
      }
    }
    if (held > 0) {
      out.append(alphabet[(buffer << (bits - held)) & (alphabet.length - 1)]);
    }
    while (out.length() % block != 0) {
      out.append('=');
    }
    return out.toString();
  }

  @Override
  public byte[] decode(String text) {
    if (text.length() > MAX_CHARS + block) {
      throw new MalformedException(
          "text of " + text.length() + " characters; at most " + MAX_CHARS + " are read");
    }
    int end = unpadded(text);
    byte[] out = new byte[(int) ((long) end * bits / 8)];
    int buffer = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < end; i++) {
      buffer = buffer << bits | TextCodec.digit(values, text, i);
      held += bits;
      if (held >= 8) {
        held -= 8;
        out[at++] = (byte) (buffer >>> held);
      }
    }
    if (held >= bits || (buffer & ((1 << held) - 1)) != 0) {
      throw new MalformedException(
          "the last character carries bits that belong to no byte, in "
              + MalformedException.quote(text));
    }
    return out;
  }

  /// The length without the padding, which must be just as much as the block asks for.
  private int unpadded(String text) {
    if (block == 1) {
      return text.length();
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    int expected = (end + block - 1) / block * block;
    if (text.length() != expected) {
      throw new MalformedException(
          "expected padding with '=' to a multiple of "
              + block
              + " characters, in "
              + MalformedException.quote(text));
    }
    return end;
  }
}
