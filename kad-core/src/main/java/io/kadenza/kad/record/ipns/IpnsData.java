package io.kadenza.kad.record.ipns;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// The signed part of an IPNS record: a DAG-CBOR map.
///
/// @param validity what its type says; for the one type there is, a time in RFC 3339
/// @param sequence without a sign
/// @param ttl nanoseconds, without a sign; 0 where the record has none, which is no hint at all
public record IpnsData(Bytes value, Bytes validity, long validityType, long sequence, long ttl) {

  /// Reads the document. Other fields "implementations MUST ignore", though they must be DAG-CBOR
  /// too. A TTL, which is a hint, may be absent, as boxo has it.
  static IpnsData read(Bytes document) {
    var in = new DagCborReader(document.toArray());
    Bytes value = null;
    Bytes validity = null;
    Long validityType = null;
    Long sequence = null;
    long ttl = 0;
    String key = null;
    for (int i = in.map(); i > 0; i--) {
      key = in.key(key);
      switch (key) {
        case "Value" -> value = in.bytes();
        case "Validity" -> validity = in.bytes();
        case "ValidityType" -> validityType = in.unsigned();
        case "Sequence" -> sequence = in.unsigned();
        case "TTL" -> ttl = in.unsigned();
        default -> in.skip();
      }
    }
    if (!in.isAtEnd()) {
      throw MalformedException.onWire("bytes follow the DAG-CBOR document");
    }
    return new IpnsData(
        required(value, "Value"),
        required(validity, "Validity"),
        required(validityType, "ValidityType"),
        required(sequence, "Sequence"),
        ttl);
  }

  private static <T> T required(@Nullable T field, String name) {
    if (field == null) {
      throw MalformedException.onWire("the DAG-CBOR document has no " + name);
    }
    return field;
  }

  /// Writes the document, its keys ordered by length and then by bytes.
  Bytes write() {
    var out = new ByteArrayOutputStream();
    head(out, DagCborReader.MAP, 5);
    key(out, "TTL");
    head(out, DagCborReader.UNSIGNED, ttl);
    key(out, "Value");
    bytes(out, DagCborReader.BYTES, value);
    key(out, "Sequence");
    head(out, DagCborReader.UNSIGNED, sequence);
    key(out, "Validity");
    bytes(out, DagCborReader.BYTES, validity);
    key(out, "ValidityType");
    head(out, DagCborReader.UNSIGNED, validityType);
    return Bytes.wrap(out.toByteArray());
  }

  private static void key(ByteArrayOutputStream out, String key) {
    bytes(out, 3, Bytes.utf8(key));
  }

  private static void bytes(ByteArrayOutputStream out, int kind, Bytes value) {
    head(out, kind, value.size());
    out.writeBytes(value.toArray());
  }

  private static void head(ByteArrayOutputStream out, int kind, long argument) {
    if (argument >= 0 && argument < 24) {
      out.write(kind << 5 | (int) argument);
      return;
    }
    int log = (argument >>> 32) != 0 ? 3 : argument > 0xffff ? 2 : argument > 0xff ? 1 : 0;
    out.write(kind << 5 | 24 + log);
    for (int shift = 8 * ((1 << log) - 1); shift >= 0; shift -= 8) {
      out.write((int) (argument >>> shift));
    }
  }
}
