package io.kadenza.multiformats;

import java.util.Arrays;

/// Bytes to text and back by an alphabet, without a multibase prefix.
sealed interface TextCodec permits BitGroups, Radix {
  String encode(byte[] data);

  byte[] decode(String text);

  /// Char to digit value, -1 for chars outside the alphabet. `foldCase` maps both cases of a
  /// letter.
  static byte[] digits(String alphabet, boolean foldCase) {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      char c = alphabet.charAt(i);
      values[c] = (byte) i;
      if (foldCase) {
        values[Character.toLowerCase(c)] = (byte) i;
        values[Character.toUpperCase(c)] = (byte) i;
      }
    }
    return values;
  }

  static int digit(byte[] values, String text, int index) {
    char c = text.charAt(index);
    int value = c < 128 ? values[c] : -1;
    if (value < 0) {
      throw new MalformedException(
          "character "
              + MalformedException.quote(text.substring(index, index + 1))
              + " at position "
              + index
              + " is outside the alphabet, in "
              + MalformedException.quote(text));
    }
    return value;
  }
}
