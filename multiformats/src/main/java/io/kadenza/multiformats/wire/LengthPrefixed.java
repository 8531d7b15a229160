package io.kadenza.multiformats.wire;

import io.kadenza.multiformats.Varint;

/// Frames as libp2p protocols send them: the body's length as an unsigned varint, then the body.
/// Whoever reads them from a stream does it there, where the bytes are.
public final class LengthPrefixed {
  private LengthPrefixed() {}

  /// The frame of a message.
  public static byte[] frame(byte[] body) {
    byte[] out = new byte[Varint.size(body.length) + body.length];
    System.arraycopy(body, 0, out, Varint.put(out, 0, body.length), body.length);
    return out;
  }

  /// The frame of a message still in its writer.
  public static byte[] frame(ProtoWriter body) {
    byte[] out = new byte[Varint.size(body.size()) + body.size()];
    body.copyTo(out, Varint.put(out, 0, body.size()));
    return out;
  }
}
