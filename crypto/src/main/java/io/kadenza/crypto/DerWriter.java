package io.kadenza.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/// Builds the DER values that [DerReader] reads.
final class DerWriter {
  private DerWriter() {}

  static byte[] sequence(byte[]... values) {
    return tagged(DerReader.SEQUENCE, concat(values));
  }

  static byte[] integer(BigInteger value) {
    return tagged(DerReader.INTEGER, value.toByteArray());
  }

  static byte[] octetString(byte[] content) {
    return tagged(DerReader.OCTET_STRING, content);
  }

  static byte[] bitString(byte[] content) {
    return tagged(DerReader.BIT_STRING, concat(new byte[] {0}, content));
  }

  static byte[] tagged(int tag, byte[] content) {
    return concat(header(tag, content.length), content);
  }

  private static byte[] header(int tag, int length) {
    if (length < 0x80) {
      return new byte[] {(byte) tag, (byte) length};
    }
    if (length < 0x100) {
      return new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    }
    if (length < 0x10000) {
      return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
    }
    throw new IllegalArgumentException("no key is " + length + " bytes long");
  }

  static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
