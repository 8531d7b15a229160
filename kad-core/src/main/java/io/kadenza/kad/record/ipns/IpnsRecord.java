package io.kadenza.kad.record.ipns;

import io.kadenza.crypto.PrivateKey;
import io.kadenza.crypto.PublicKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;

/// A signed statement that a name, which is a peer id, points at some content until some time.
/// Verified when it was read: whoever holds one may rely on it, apart from its [#expires].
///
/// Records are ordered by which is the better one: the higher sequence, then the later end, then
/// the greater bytes, so that all nodes agree.
public final class IpnsRecord implements Comparable<IpnsRecord> {
  /// "Less than or equal to 10 KiB"; "records over the limit MAY be ignored."
  public static final int MAX_BYTES = 10 << 10;

  private static final byte[] SIGNED_PREFIX = Bytes.utf8("ipns-signature:").toArray();
  private static final int MAX_SIGNATURE_BYTES = 2048;

  /// The one kind of validity there is: until an end of life.
  private static final long EOL = 0;

  /// The kind of validity as the first version signs it.
  private static final Bytes EOL_NAME = Bytes.utf8("EOL");

  /// What a record is made of.
  public enum Form {
    /// Both versions: the second, which everybody verifies, and the first for readers from before
    /// 2021.
    V1_AND_V2,
    /// The second alone, which is half as long.
    V2_ONLY
  }

  private final IpnsData data;
  private final Instant expires;
  private final Bytes protobuf;

  private IpnsRecord(IpnsData data, Instant expires, Bytes protobuf) {
    this.data = data;
    this.expires = expires;
    this.protobuf = protobuf;
  }

  /// Makes and signs a record of both versions.
  public static IpnsRecord sign(
      PrivateKey key, Bytes value, long sequence, Instant expires, Duration ttl) {
    return sign(key, value, sequence, expires, ttl, Form.V1_AND_V2);
  }

  /// Makes and signs a record.
  ///
  /// @param value usually a content path in text, such as `/ipfs/bafy…`
  /// @param sequence without a sign, higher than that of any earlier record of the name
  /// @param expires before the year 10,000
  /// @param ttl for how long readers may keep it without looking again; not negative, at most 292
  ///   years
  /// @throws MalformedException when the value is too long for a record
  public static IpnsRecord sign(
      PrivateKey key, Bytes value, long sequence, Instant expires, Duration ttl, Form form) {
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("a TTL is not negative: " + ttl);
    }
    var data = new IpnsData(value, Rfc3339.print(expires), EOL, sequence, ttl.toNanos());
    Bytes document = data.write();
    PublicKey owner = key.publicKey();
    // "The public key MUST be included if it cannot be extracted from the IPNS name."
    Bytes included = owner.peerId().inlinePublicKey().isEmpty() ? owner.protobuf() : Bytes.EMPTY;
    var entry = new IpnsEntry(included, Bytes.wrap(key.sign(signed(document))), document);
    if (form == Form.V1_AND_V2) {
      entry = entry.withFirstVersion(data, Bytes.wrap(key.sign(signedByFirstVersion(data))));
    }
    Bytes protobuf = entry.write();
    if (protobuf.size() > MAX_BYTES) {
      throw new MalformedException(
          "the record has " + protobuf.size() + " bytes; at most " + MAX_BYTES + " are taken");
    }
    return new IpnsRecord(data, expires, protobuf);
  }

  /// Reads a record and verifies that the owner of `name` signed it. Whether it is expired is left
  /// to the caller. Throws [MalformedException] unless all of that is right.
  ///
  /// "Value from IpnsEntry.signatureV1 MUST never be used for signature verification."
  public static IpnsRecord read(PeerId name, Bytes protobuf) {
    IpnsEntry entry = IpnsEntry.read(protobuf);
    if (!entry.hasSecondVersion()) {
      throw MalformedException.onWire("IPNS record without signatureV2 and data");
    }
    PublicKey owner = owner(name, entry);
    IpnsData data = entry.data();
    if (entry.signatureV2().size() > MAX_SIGNATURE_BYTES
        || !owner.verify(signed(entry.document()), entry.signatureV2().toArray())) {
      throw MalformedException.onWire("the IPNS record is not signed by its name");
    }
    // "If signatureV1 or value is present, confirm the values in IpnsEntry match deserialized
    // ones."
    if (entry.hasFirstVersion() && !entry.agreesWith(data)) {
      throw MalformedException.onWire("the IPNS record's two versions differ");
    }
    return of(data, protobuf);
  }

  /// Reads a record that was verified before.
  static IpnsRecord readVerified(Bytes protobuf) {
    return of(IpnsEntry.read(protobuf).data(), protobuf);
  }

  private static IpnsRecord of(IpnsData data, Bytes protobuf) {
    if (data.validityType() != EOL) {
      throw MalformedException.onWire("IPNS record of an unknown kind of validity");
    }
    return new IpnsRecord(data, Rfc3339.parse(data.validity()), protobuf);
  }

  private static PublicKey owner(PeerId name, IpnsEntry entry) {
    Bytes included = entry.publicKey();
    PublicKey owner =
        PublicKey.fromProtobuf(
            included.isEmpty()
                ? name.inlinePublicKey()
                    .orElseThrow(
                        () -> MalformedException.onWire("IPNS record without the public key"))
                : included);
    if (!owner.peerId().equals(name)) {
      throw MalformedException.onWire("the IPNS record's public key is not that of its name");
    }
    return owner;
  }

  private static byte[] signed(Bytes document) {
    byte[] all = new byte[SIGNED_PREFIX.length + document.size()];
    System.arraycopy(SIGNED_PREFIX, 0, all, 0, SIGNED_PREFIX.length);
    document.copyTo(all, SIGNED_PREFIX.length);
    return all;
  }

  private static byte[] signedByFirstVersion(IpnsData data) {
    byte[] all = new byte[data.value().size() + data.validity().size() + EOL_NAME.size()];
    data.value().copyTo(all, 0);
    data.validity().copyTo(all, data.value().size());
    EOL_NAME.copyTo(all, all.length - EOL_NAME.size());
    return all;
  }

  /// What the name points at, usually a content path in text.
  public Bytes value() {
    return data.value();
  }

  /// The version, without a sign: compare with [Long#compareUnsigned].
  public long sequence() {
    return data.sequence();
  }

  /// From when on the record is void.
  public Instant expires() {
    return expires;
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }

  /// For how long readers may keep it without looking again, at most about 292 years.
  public Duration ttl() {
    return Duration.ofNanos(data.ttl() < 0 ? Long.MAX_VALUE : data.ttl());
  }

  /// The record as it is stored and sent.
  public Bytes bytes() {
    return protobuf;
  }

  @Override
  public int compareTo(IpnsRecord other) {
    int bySequence = Long.compareUnsigned(sequence(), other.sequence());
    if (bySequence != 0) {
      return bySequence;
    }
    int byEnd = expires.compareTo(other.expires);
    return byEnd != 0 ? byEnd : protobuf.compareTo(other.protobuf);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IpnsRecord other && protobuf.equals(other.protobuf);
  }

  @Override
  public int hashCode() {
    return protobuf.hashCode();
  }

  /// The sequence and the end.
  @Override
  public String toString() {
    return "record " + Long.toUnsignedString(sequence()) + " until " + expires;
  }
}
