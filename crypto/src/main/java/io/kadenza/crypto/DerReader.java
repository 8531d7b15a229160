package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;

/// Reads the little of ASN.1 that keys and signatures need, in DER's one spelling: definite lengths
/// in their shortest form, shortest integers, nothing left over (X.690, sections 8.3 and 10.1).
/// Reads in place and allocates only what it returns. Confined to one thread.
final class DerReader {
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  private final byte[] buf;
  private final int end;
  private int at;

  DerReader(byte[] der) {
    this(der, 0, der.length);
  }

  private DerReader(byte[] buf, int from, int end) {
    this.buf = buf;
    this.at = from;
    this.end = end;
  }

  boolean atEnd() {
    return at == end;
  }

  /// Whether the next value has this tag.
  boolean isNext(int tag) {
    return at < end && (buf[at] & 0xff) == tag;
  }

  /// The content of the next value, which must have this tag.
  DerReader enter(int tag) {
    if (!isNext(tag)) {
      throw malformed("expected tag 0x" + Integer.toHexString(tag));
    }
    at++;
    int length = length();
    DerReader content = new DerReader(buf, at, at + length);
    at += length;
    return content;
  }

  /// The content of a bit string that is a whole number of bytes.
  DerReader bits() {
    DerReader content = enter(BIT_STRING);
    if (content.atEnd() || content.buf[content.at++] != 0) {
      throw malformed("a bit string of whole bytes was expected");
    }
    return content;
  }

  /// An integer that is not negative and has at most `maxBytes` of magnitude.
  BigInteger integer(int maxBytes) {
    DerReader content = enter(INTEGER);
    int size = content.end - content.at;
    if (size == 0 || content.buf[content.at] < 0) {
      throw malformed("an integer is empty or negative");
    }
    boolean padded = size > 1 && content.buf[content.at] == 0;
    if (padded && content.buf[content.at + 1] >= 0) {
      throw malformed("an integer is longer than its value needs");
    }
    if (size - (padded ? 1 : 0) > maxBytes) {
      throw malformed("an integer has more than " + maxBytes + " bytes");
    }
    return new BigInteger(1, buf, content.at, size);
  }

  /// Passes over bytes that can only be these.
  void expect(byte[] literal) {
    int to = at + literal.length;
    if (to > end || !Arrays.equals(buf, at, to, literal, 0, literal.length)) {
      throw malformed("another algorithm or version than expected");
    }
    at = to;
  }

  /// The rest of the content.
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(buf, at, end);
    at = end;
    return rest;
  }

  /// Ends the value; anything left over is malformed.
  void end() {
    if (at != end) {
      throw malformed((end - at) + " bytes follow the last value");
    }
  }

  private int length() {
    int first = next();
    if (first < 0x80) {
      return checkFits(first);
    }
    // Keys are bounded far below 64 KiB, so a length never needs more than two bytes.
    if (first != 0x81 && first != 0x82) {
      throw malformed("a length is indefinite or too large");
    }
    int length = next();
    if (first == 0x82) {
      length = length << 8 | next();
    }
    if (length < (first == 0x81 ? 0x80 : 0x100)) {
      throw malformed("a length is longer than its value needs");
    }
    return checkFits(length);
  }

  private int checkFits(int length) {
    if (length > end - at) {
      throw malformed("a value is longer than what holds it");
    }
    return length;
  }

  private int next() {
    if (at == end) {
      throw malformed("it ends inside a value");
    }
    return buf[at++] & 0xff;
  }

  private static MalformedException malformed(String fault) {
    return MalformedException.onWire("not DER as expected: " + fault);
  }
}
