package io.kadenza.kad.record.ipns;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Cid;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads DAG-CBOR, "a strict subset of CBOR": every value has one spelling. Lengths are definite,
/// numbers as short as they can be, the keys of a map strings in order and without repetition, the
/// only tag is that of a CID, the only simple values are false, true and null, the only floats are
/// finite ones of 64 bits.
///
/// Values that are not asked for are checked and passed over. Confined to one thread.
final class DagCborReader {
  static final int UNSIGNED = 0;
  static final int BYTES = 2;
  static final int MAP = 5;

  private static final int NEGATIVE = 1;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int TAG = 6;

  /// Real documents have a depth of one; each level is a call on the stack.
  private static final int MAX_DEPTH = 32;

  private static final int CID_TAG = 42;
  private static final int FALSE = 20;
  private static final int NULL = 22;
  private static final int FLOAT64 = 27;

  private final byte[] in;
  private int at;

  /// The argument of the head that was read last: a number, a length or a count.
  private long argument;

  DagCborReader(byte[] document) {
    this.in = document;
  }

  boolean isAtEnd() {
    return at == in.length;
  }

  /// The kind of the next value, which stays unread.
  int peek() {
    if (isAtEnd()) {
      throw malformed("ends too early");
    }
    return (in[at] & 0xff) >>> 5;
  }

  /// Enters a map and returns how many entries follow.
  int map() {
    expect(MAP, "a map");
    return count(2);
  }

  /// The next key of a map. Keys are ordered by length, then by bytes; `previous` is null for the
  /// first.
  String key(@Nullable String previous) {
    expect(TEXT, "a key");
    int from = length();
    String key = Utf8.decode(in, from, at - from);
    if (previous != null && compareKeys(previous, key) >= 0) {
      throw malformed("has keys out of order");
    }
    return key;
  }

  private static int compareKeys(String a, String b) {
    byte[] left = Bytes.utf8(a).toArray();
    byte[] right = Bytes.utf8(b).toArray();
    return left.length != right.length
        ? Integer.compare(left.length, right.length)
        : Arrays.compareUnsigned(left, right);
  }

  /// A number of 64 bits without a sign.
  long unsigned() {
    expect(UNSIGNED, "an unsigned number");
    return argument;
  }

  Bytes bytes() {
    expect(BYTES, "bytes");
    int from = length();
    return Bytes.of(in, from, at - from);
  }

  /// Passes over one value, checking it.
  void skip() {
    skip(0);
  }

  private void skip(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("is nested too deeply");
    }
    switch (head()) {
      case UNSIGNED, NEGATIVE -> {}
      case BYTES -> length();
      case TEXT -> {
        int from = length();
        Utf8.decode(in, from, at - from);
      }
      case ARRAY -> {
        for (int i = count(1); i > 0; i--) {
          skip(depth + 1);
        }
      }
      case MAP -> {
        String key = null;
        for (int i = count(2); i > 0; i--) {
          key = key(key);
          skip(depth + 1);
        }
      }
      case TAG -> {
        if (argument != CID_TAG) {
          throw malformed("has a tag other than that of a CID");
        }
        link();
      }
      default -> {} // head() has checked simple values and floats.
    }
  }

  /// A CID is in bytes, behind a zero, which is multibase's prefix of binary.
  private void link() {
    Bytes prefixed = bytes();
    if (prefixed.isEmpty() || prefixed.at(0) != 0) {
      throw malformed("has a CID without the prefix of one");
    }
    Cid.of(prefixed.slice(1, prefixed.size()).toArray());
  }

  private void expect(int kind, String name) {
    if (head() != kind) {
      throw malformed("lacks " + name);
    }
  }

  /// Reads the first byte of a value and its argument; returns the kind.
  private int head() {
    int kind = peek();
    int info = in[at++] & 0x1f;
    if (kind == 7) {
      simple(info);
      return kind;
    }
    if (info < 24) {
      argument = info;
    } else if (info <= 27) {
      int size = 1 << (info - 24);
      argument = bigEndian(size);
      boolean isShortest =
          switch (size) {
            case 1 -> argument >= 24;
            case 2 -> argument > 0xff;
            case 4 -> argument > 0xffff;
            default -> argument >>> 32 != 0;
          };
      if (!isShortest) {
        throw malformed("has a number longer than it needs to be");
      }
    } else {
      throw malformed("has an indefinite length");
    }
    return kind;
  }

  private void simple(int info) {
    if (info == FLOAT64) {
      if (!Double.isFinite(Double.longBitsToDouble(bigEndian(8)))) {
        throw malformed("has a float that is no number");
      }
    } else if (info < FALSE || info > NULL) {
      throw malformed("has a value that DAG-CBOR does not know");
    }
  }

  private long bigEndian(int size) {
    if (size > in.length - at) {
      throw malformed("ends too early");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | (in[at++] & 0xff);
    }
    return value;
  }

  /// Moves past as many bytes as the argument says; returns where they start.
  private int length() {
    if (argument < 0 || argument > in.length - at) {
      throw malformed("ends too early");
    }
    int from = at;
    at += (int) argument;
    return from;
  }

  /// The argument as a number of entries, each of which takes at least `least` bytes.
  private int count(int least) {
    if (argument < 0 || argument > (in.length - at) / least) {
      throw malformed("ends too early");
    }
    return (int) argument;
  }

  private static MalformedException malformed(String fault) {
    return MalformedException.onWire("the DAG-CBOR document " + fault);
  }
}
