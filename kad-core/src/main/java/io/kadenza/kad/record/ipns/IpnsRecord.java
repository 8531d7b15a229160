package io.kadenza.kad.record.ipns;

import io.kadenza.crypto.PrivateKey;
import io.kadenza.crypto.PublicKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signed statement that a name, which is a peer id, points at some content until some time.
/// Verified when it was read: whoever holds one may rely on it, apart from its [#expires].
public final class IpnsRecord {
  /// "Records over the limit MAY be ignored."
  public static final int MAX_BYTES = 10 << 10;

  private static final byte[] SIGNED_PREFIX = Bytes.utf8("ipns-signature:").toArray();
  private static final int MAX_SIGNATURE_BYTES = 2048;

  /// The one kind of validity there is: until an end of life.
  private static final long EOL = 0;

  private static final int VALUE = 1;
  private static final int SIGNATURE_V1 = 2;
  private static final int VALIDITY_TYPE = 3;
  private static final int VALIDITY = 4;
  private static final int SEQUENCE = 5;
  private static final int TTL = 6;
  private static final int PUBLIC_KEY = 7;
  private static final int SIGNATURE_V2 = 8;
  private static final int DATA = 9;

  private final IpnsData data;
  private final Instant expires;
  private final Bytes protobuf;

  private IpnsRecord(IpnsData data, Instant expires, Bytes protobuf) {
    this.data = data;
    this.expires = expires;
    this.protobuf = protobuf;
  }

  /// The key of a name in the DHT: "/ipns/BINARY_ID".
  public static Bytes key(PeerId name) {
    byte[] id = name.bytes().toArray();
    return new ProtoWriter(64).raw(IpnsValidator.PREFIX).raw(id, 0, id.length).toBytes();
  }

  /// Makes and signs a record of the second version.
  ///
  /// @param sequence higher than that of any earlier record of the name
  /// @param ttl for how long readers may keep it without looking again
  public static IpnsRecord sign(
      PrivateKey key, Bytes value, long sequence, Instant expires, Duration ttl) {
    PublicKey owner = key.publicKey();
    var data = new IpnsData(value, Rfc3339.print(expires), EOL, sequence, ttl.toNanos());
    Bytes document = data.write();
    var out = new ProtoWriter();
    // "The public key MUST be included if it cannot be extracted from the IPNS name."
    if (owner.peerId().inlinePublicKey().isEmpty()) {
      out.bytes(PUBLIC_KEY, owner.protobuf());
    }
    out.bytes(SIGNATURE_V2, key.sign(signed(document))).bytes(DATA, document);
    if (out.size() > MAX_BYTES) {
      throw new MalformedException(
          "the record has " + out.size() + " bytes; at most " + MAX_BYTES + " are taken");
    }
    return new IpnsRecord(data, expires, out.toBytes());
  }

  /// Reads a record and verifies that the owner of `name` signed it. Whether it is expired is left
  /// to the caller. Throws [MalformedException] unless all of that is right.
  public static IpnsRecord read(PeerId name, Bytes protobuf) {
    if (protobuf.size() > MAX_BYTES) {
      throw MalformedException.onWire("IPNS record of " + protobuf.size() + " bytes");
    }
    Entry entry = Entry.read(protobuf);
    if (entry.signatureV2.length == 0 || entry.document.isEmpty()) {
      throw MalformedException.onWire("IPNS record without signatureV2 and data");
    }
    PublicKey owner = entry.owner(name);
    IpnsData data = IpnsData.read(entry.document);
    if (!owner.verify(signed(entry.document), entry.signatureV2)) {
      throw MalformedException.onWire("the IPNS record is not signed by its name");
    }
    entry.checkAgreesWith(data);
    return of(data, protobuf);
  }

  /// Reads a record that was verified before.
  static IpnsRecord readVerified(Bytes protobuf) {
    return of(IpnsData.read(Entry.read(protobuf).document), protobuf);
  }

  private static IpnsRecord of(IpnsData data, Bytes protobuf) {
    if (data.validityType() != EOL) {
      throw MalformedException.onWire("IPNS record of an unknown kind of validity");
    }
    return new IpnsRecord(data, Rfc3339.parse(data.validity()), protobuf);
  }

  private static byte[] signed(Bytes document) {
    byte[] all = new byte[SIGNED_PREFIX.length + document.size()];
    System.arraycopy(SIGNED_PREFIX, 0, all, 0, SIGNED_PREFIX.length);
    document.copyTo(all, SIGNED_PREFIX.length);
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

  /// For how long readers may keep it without looking again, at most about 292 years.
  public Duration ttl() {
    return Duration.ofNanos(data.ttl() < 0 ? Long.MAX_VALUE : data.ttl());
  }

  /// The record as it is stored and sent.
  public Bytes bytes() {
    return protobuf;
  }

  /// The protobuf around the signed document, with the copies of its fields that the first version
  /// had.
  private static final class Entry {
    byte[] signatureV2 = {};
    Bytes document = Bytes.EMPTY;
    Bytes value = Bytes.EMPTY;
    Bytes validity = Bytes.EMPTY;
    long validityType;
    long sequence;
    long ttl;
    boolean hasFirstVersion;
    @Nullable Bytes publicKey;

    static Entry read(Bytes protobuf) {
      var entry = new Entry();
      var in = new ProtoReader(protobuf.toArray());
      while (in.next()) {
        switch (in.field()) {
          case VALUE -> {
            entry.value = in.value(MAX_BYTES);
            entry.hasFirstVersion |= !entry.value.isEmpty();
          }
          // "Value from IpnsEntry.signatureV1 MUST never be used for signature verification."
          case SIGNATURE_V1 -> entry.hasFirstVersion |= in.bytes(MAX_BYTES).length > 0;
          case VALIDITY_TYPE -> entry.validityType = in.varint();
          case VALIDITY -> entry.validity = in.value(MAX_BYTES);
          case SEQUENCE -> entry.sequence = in.varint();
          case TTL -> entry.ttl = in.varint();
          case PUBLIC_KEY -> entry.publicKey = in.value(MAX_BYTES);
          case SIGNATURE_V2 -> entry.signatureV2 = in.bytes(MAX_SIGNATURE_BYTES);
          case DATA -> entry.document = in.value(MAX_BYTES);
          default -> in.skip();
        }
      }
      return entry;
    }

    PublicKey owner(PeerId name) {
      Optional<Bytes> key =
          publicKey == null || publicKey.isEmpty()
              ? name.inlinePublicKey()
              : Optional.of(publicKey);
      PublicKey owner =
          PublicKey.fromProtobuf(
              key.orElseThrow(
                  () -> MalformedException.onWire("IPNS record without the public key")));
      if (!owner.peerId().equals(name)) {
        throw MalformedException.onWire("the IPNS record's public key is not that of its name");
      }
      return owner;
    }

    /// "If signatureV1 or value is present, confirm the values in IpnsEntry match deserialized
    /// ones."
    void checkAgreesWith(IpnsData data) {
      if (hasFirstVersion
          && !(value.equals(data.value())
              && validity.equals(data.validity())
              && validityType == data.validityType()
              && sequence == data.sequence()
              && ttl == data.ttl())) {
        throw MalformedException.onWire("the IPNS record's two versions differ");
      }
    }
  }
}
