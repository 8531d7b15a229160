package io.kadenza.host.internal.yamux;

import io.kadenza.host.internal.bytes.OutBuffer;

/// The 12 bytes before every frame: version (8 bits, always 0), type (8), flags (16), stream id
/// (32), length (32), big endian.
final class Header {

  static final int BYTES = 12;

  static final int DATA = 0;
  static final int WINDOW_UPDATE = 1;
  static final int PING = 2;
  static final int GO_AWAY = 3;

  static final int SYN = 1;
  static final int ACK = 2;
  static final int FIN = 4;
  static final int RST = 8;
  static final int ALL_FLAGS = SYN | ACK | FIN | RST;

  /// "The 0 ID is reserved to represent the session."
  static final int SESSION = 0;

  private Header() {}

  static void put(OutBuffer out, int type, int flags, int stream, int length) {
    out.putInt((type << 16) | flags);
    out.putInt(stream);
    out.putInt(length);
  }
}
