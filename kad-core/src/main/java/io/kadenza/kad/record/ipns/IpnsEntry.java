package io.kadenza.kad.record.ipns;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;

/// The protobuf of a record as it travels: the signed document of the second version and, beside
/// it, copies of its fields with a signature of their own, which is what the first version was.
/// Nothing of it is checked: [IpnsRecord#read] is for those who want to rely on a record, this is
/// for those who want to look into it. Absent fields are empty or zero.
///
/// @param validityType 0 for the one kind there is, "EOL"
/// @param sequence without a sign
/// @param ttl nanoseconds, without a sign
/// @param publicKey in libp2p's protobuf, of owners whose name is only a hash of it
/// @param document the DAG-CBOR that `signatureV2` is over
public record IpnsEntry(
    Bytes value,
    Bytes signatureV1,
    long validityType,
    Bytes validity,
    long sequence,
    long ttl,
    Bytes publicKey,
    Bytes signatureV2,
    Bytes document) {
  private static final int VALUE = 1;
  private static final int SIGNATURE_V1 = 2;
  private static final int VALIDITY_TYPE = 3;
  private static final int VALIDITY = 4;
  private static final int SEQUENCE = 5;
  private static final int TTL = 6;
  private static final int PUBLIC_KEY = 7;
  private static final int SIGNATURE_V2 = 8;
  private static final int DATA = 9;

  /// An entry of the second version alone.
  IpnsEntry(Bytes publicKey, Bytes signatureV2, Bytes document) {
    this(Bytes.EMPTY, Bytes.EMPTY, 0, Bytes.EMPTY, 0, 0, publicKey, signatureV2, document);
  }

  /// Reads the protobuf.
  ///
  /// @throws MalformedException when it is none, or longer than [IpnsRecord#MAX_BYTES]
  public static IpnsEntry read(Bytes protobuf) {
    int most = IpnsRecord.MAX_BYTES;
    if (protobuf.size() > most) {
      throw MalformedException.onWire("IPNS record of " + protobuf.size() + " bytes");
    }
    Bytes value = Bytes.EMPTY;
    Bytes signatureV1 = Bytes.EMPTY;
    long validityType = 0;
    Bytes validity = Bytes.EMPTY;
    long sequence = 0;
    long ttl = 0;
    Bytes publicKey = Bytes.EMPTY;
    Bytes signatureV2 = Bytes.EMPTY;
    Bytes document = Bytes.EMPTY;
    var in = new ProtoReader(protobuf.toArray());
    while (in.next()) {
      switch (in.field()) {
        case VALUE -> value = in.value(most);
        case SIGNATURE_V1 -> signatureV1 = in.value(most);
        case VALIDITY_TYPE -> validityType = in.varint();
        case VALIDITY -> validity = in.value(most);
        case SEQUENCE -> sequence = in.varint();
        case TTL -> ttl = in.varint();
        case PUBLIC_KEY -> publicKey = in.value(most);
        case SIGNATURE_V2 -> signatureV2 = in.value(most);
        case DATA -> document = in.value(most);
        default -> in.skip();
      }
    }
    return new IpnsEntry(
        value,
        signatureV1,
        validityType,
        validity,
        sequence,
        ttl,
        publicKey,
        signatureV2,
        document);
  }

  /// The same entry with the fields of the first version, which `data` repeats.
  IpnsEntry withFirstVersion(IpnsData data, Bytes signature) {
    return new IpnsEntry(
        data.value(),
        signature,
        data.validityType(),
        data.validity(),
        data.sequence(),
        data.ttl(),
        publicKey,
        signatureV2,
        document);
  }

  Bytes write() {
    var out = new ProtoWriter();
    if (hasFirstVersion()) {
      out.bytes(VALUE, value)
          .bytes(SIGNATURE_V1, signatureV1)
          .varint(VALIDITY_TYPE, validityType)
          .bytes(VALIDITY, validity)
          .varint(SEQUENCE, sequence)
          .varint(TTL, ttl);
    }
    if (!publicKey.isEmpty()) {
      out.bytes(PUBLIC_KEY, publicKey);
    }
    return out.bytes(SIGNATURE_V2, signatureV2).bytes(DATA, document).toBytes();
  }

  /// The content of the signed document.
  ///
  /// @throws MalformedException when it is not strict DAG-CBOR, or a field is missing
  public IpnsData data() {
    return IpnsData.read(document);
  }

  /// Whether the fields of the first version are there, "if signatureV1 or value is present".
  public boolean hasFirstVersion() {
    return !signatureV1.isEmpty() || !value.isEmpty();
  }

  /// Whether there is what every record must have: "signatureV2 and data … not empty".
  public boolean hasSecondVersion() {
    return !signatureV2.isEmpty() && !document.isEmpty();
  }

  /// Whether the fields of the first version say what the signed document says.
  boolean agreesWith(IpnsData data) {
    return value.equals(data.value())
        && validity.equals(data.validity())
        && validityType == data.validityType()
        && sequence == data.sequence()
        && ttl == data.ttl();
  }
}
