package io.kadenza.crypto;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Varint;
import java.util.Arrays;

/// The messages `PublicKey` and `PrivateKey`, which have one shape: a type and its data.
///
/// Peer ids are hashes of these bytes, so they have one spelling: "fields must be minimally
/// encoded", "in tag order", "all fields must be included", "no additional fields may be defined"
/// (peer-ids).
final class KeyProtobuf {
  private static final byte TYPE_TAG = 1 << 3;
  private static final byte DATA_TAG = 2 << 3 | 2;
  private static final int HEADER_BYTES = 3;

  private final KeyType type;
  private final byte[] data;

  private KeyProtobuf(KeyType type, byte[] data) {
    this.type = type;
    this.data = data;
  }

  static KeyProtobuf parse(byte[] in, int max) {
    if (in.length > max) {
      throw MalformedException.onWire("key of " + in.length + " bytes; at most " + max);
    }
    if (in.length <= HEADER_BYTES || in[0] != TYPE_TAG || in[2] != DATA_TAG) {
      throw MalformedException.onWire("a key is a protobuf of a type and its data, in this order");
    }
    KeyType type = KeyType.ofCode(in[1]);
    long length = Varint.read(in, HEADER_BYTES, in.length);
    int from = HEADER_BYTES + Varint.size(length);
    if (length != in.length - from) {
      throw MalformedException.onWire(
          "key announces " + length + " bytes of data, " + (in.length - from) + " follow");
    }
    return new KeyProtobuf(type, Arrays.copyOfRange(in, from, in.length));
  }

  static byte[] encode(KeyType type, byte[] data) {
    byte[] out = new byte[HEADER_BYTES + Varint.size(data.length) + data.length];
    out[0] = TYPE_TAG;
    out[1] = (byte) type.code();
    out[2] = DATA_TAG;
    int from = Varint.put(out, HEADER_BYTES, data.length);
    System.arraycopy(data, 0, out, from, data.length);
    return out;
  }

  static Bytes encodePublic(KeyType type, byte[] data) {
    return Bytes.wrap(encode(type, data));
  }

  KeyType type() {
    return type;
  }

  byte[] data() {
    return data;
  }
}
