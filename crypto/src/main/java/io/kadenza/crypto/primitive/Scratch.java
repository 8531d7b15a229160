package io.kadenza.crypto.primitive;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// Memory for one call into native code: input and output, apart, of the size class that fits.
///
/// Small frames take Java arrays, which native code copies; larger ones direct buffers, which it
/// reads where they are (measured: arrays win up to 4 KiB). Owned by whoever took it from the pool.
final class Scratch {
  /// The largest frame that goes through arrays, without its tag.
  private static final int MAX_ARRAY_BYTES = 4096;

  /// The largest frame of a secure channel (Noise, section 3: "65535 bytes in length").
  private static final int MAX_DIRECT_BYTES = 65535;

  private static final int MIN_ARRAY_BYTES = 64;
  private static final int CLASSES = sizeClass(MAX_ARRAY_BYTES) + 1;

  private final byte[] @Nullable [] inputs = new byte[CLASSES][];
  private final byte[] @Nullable [] outputs = new byte[CLASSES][];
  private @Nullable ByteBuffer directInput;
  private @Nullable ByteBuffer directOutput;

  void run(Cipher cipher, byte[] in, int inOff, int len, byte[] out, int outOff, int outLen)
      throws GeneralSecurityException {
    int size = Math.max(len, outLen);
    if (size <= MAX_ARRAY_BYTES + Aead.TAG_BYTES) {
      throughArrays(cipher, in, inOff, len, out, outOff, outLen);
    } else if (size <= MAX_DIRECT_BYTES) {
      throughDirect(cipher, in, inOff, len, out, outOff, outLen);
    } else {
      byte[] result = cipher.doFinal(Arrays.copyOfRange(in, inOff, inOff + len));
      System.arraycopy(result, 0, out, outOff, outLen);
    }
  }

  private void throughArrays(
      Cipher cipher, byte[] in, int inOff, int len, byte[] out, int outOff, int outLen)
      throws GeneralSecurityException {
    int index = sizeClass(Math.min(len, outLen));
    byte[] input = inputs[index];
    byte[] output = outputs[index];
    if (input == null || output == null) {
      input = new byte[(MIN_ARRAY_BYTES << index) + Aead.TAG_BYTES];
      output = new byte[input.length];
      inputs[index] = input;
      outputs[index] = output;
    }
    System.arraycopy(in, inOff, input, 0, len);
    cipher.doFinal(input, 0, len, output, 0);
    System.arraycopy(output, 0, out, outOff, outLen);
  }

  /// Which power of two, counted from the smallest, has room for a message without its tag.
  private static int sizeClass(int size) {
    int rounds = Math.max(1, (size + MIN_ARRAY_BYTES - 1) / MIN_ARRAY_BYTES);
    return Integer.SIZE - Integer.numberOfLeadingZeros(rounds - 1);
  }

  private void throughDirect(
      Cipher cipher, byte[] in, int inOff, int len, byte[] out, int outOff, int outLen)
      throws GeneralSecurityException {
    ByteBuffer input = directInput;
    ByteBuffer output = directOutput;
    if (input == null || output == null) {
      input = ByteBuffer.allocateDirect(MAX_DIRECT_BYTES);
      output = ByteBuffer.allocateDirect(MAX_DIRECT_BYTES);
      directInput = input;
      directOutput = output;
    }
    input.clear().put(0, in, inOff, len).limit(len);
    output.clear().limit(outLen);
    cipher.doFinal(input, output);
    output.get(0, out, outOff, outLen);
  }
}
