package io.kadenza.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Varint;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;

/// A payload with the signature and the key of who vouches for it (libp2p RFC 0002).
///
/// There is no envelope that is not verified: whoever holds one knows that the key signed this
/// payload of this type in the domain it was opened for.
public final class SignedEnvelope {
  /// Room for an RSA key and signature of 8192 bits, and a peer record of a hundred addresses.
  public static final int MAX_BYTES = 16 * 1024;

  private static final int PUBLIC_KEY = 1;
  private static final int PAYLOAD_TYPE = 2;
  private static final int PAYLOAD = 3;
  private static final int SIGNATURE = 5;

  private final PublicKey publicKey;
  private final Bytes payloadType;
  private final Bytes payload;
  private final Bytes protobuf;

  private SignedEnvelope(PublicKey publicKey, Bytes payloadType, Bytes payload, Bytes protobuf) {
    this.publicKey = publicKey;
    this.payloadType = payloadType;
    this.payload = payload;
    this.protobuf = protobuf;
  }

  /// Signs a payload for a domain, a string that says what the signature is meant for.
  ///
  /// @throws IllegalArgumentException when the domain or the type is empty, or the whole too large
  public static SignedEnvelope seal(
      String domain, Bytes payloadType, Bytes payload, Identity signer) {
    if (domain.isEmpty() || payloadType.isEmpty()) {
      throw new IllegalArgumentException("an envelope needs a domain and a payload type");
    }
    byte[] signature = signer.sign(signedBytes(domain, payloadType, payload));
    Bytes protobuf =
        new ProtoWriter()
            .bytes(PUBLIC_KEY, signer.publicKey().protobuf())
            .bytes(PAYLOAD_TYPE, payloadType)
            .bytes(PAYLOAD, payload)
            .bytes(SIGNATURE, signature)
            .toBytes();
    if (protobuf.size() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "an envelope of " + protobuf.size() + " bytes; at most " + MAX_BYTES);
    }
    return new SignedEnvelope(signer.publicKey(), payloadType, payload, protobuf);
  }

  /// Reads an envelope and verifies its signature for the domain.
  ///
  /// @throws MalformedException when it is not one, or the signature is not the key's
  public static SignedEnvelope open(byte[] protobuf, String domain) {
    if (protobuf.length > MAX_BYTES) {
      throw MalformedException.onWire(
          "envelope of " + protobuf.length + " bytes; at most " + MAX_BYTES);
    }
    byte[] key = new byte[0];
    byte[] signature = new byte[0];
    Bytes payloadType = Bytes.EMPTY;
    Bytes payload = Bytes.EMPTY;
    var in = new ProtoReader(protobuf);
    while (in.next()) {
      switch (in.field()) {
        case PUBLIC_KEY -> key = in.bytes(PublicKey.MAX_BYTES);
        case PAYLOAD_TYPE -> payloadType = in.value(MAX_BYTES);
        case PAYLOAD -> payload = in.value(MAX_BYTES);
        case SIGNATURE -> signature = in.bytes(RsaPublicKey.MAX_MODULUS_BYTES);
        default -> in.skip();
      }
    }
    PublicKey publicKey = PublicKey.fromProtobuf(key);
    if (!publicKey.verify(signedBytes(domain, payloadType, payload), signature)) {
      throw MalformedException.onWire("the envelope's signature does not fit " + domain);
    }
    return new SignedEnvelope(publicKey, payloadType, payload, Bytes.of(protobuf));
  }

  /// Domain, type and payload, each after its length, so that no two triples give the same bytes.
  private static byte[] signedBytes(String domain, Bytes payloadType, Bytes payload) {
    byte[] name = domain.getBytes(UTF_8);
    byte[] out =
        new byte
            [Varint.size(name.length)
                + name.length
                + Varint.size(payloadType.size())
                + payloadType.size()
                + Varint.size(payload.size())
                + payload.size()];
    int at = Varint.put(out, 0, name.length);
    System.arraycopy(name, 0, out, at, name.length);
    at = Varint.put(out, at + name.length, payloadType.size());
    payloadType.copyTo(out, at);
    at = Varint.put(out, at + payloadType.size(), payload.size());
    payload.copyTo(out, at);
    return out;
  }

  /// The key that signed.
  public PublicKey publicKey() {
    return publicKey;
  }

  /// What the payload is, by multicodec.
  public Bytes payloadType() {
    return payloadType;
  }

  public Bytes payload() {
    return payload;
  }

  /// The bytes to send or store, those that were opened or sealed.
  public Bytes protobuf() {
    return protobuf;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SignedEnvelope other && protobuf.equals(other.protobuf);
  }

  @Override
  public int hashCode() {
    return protobuf.hashCode();
  }

  @Override
  public String toString() {
    return "envelope of " + payload.size() + " bytes by " + publicKey.peerId();
  }
}
