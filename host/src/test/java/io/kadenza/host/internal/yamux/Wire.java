package io.kadenza.host.internal.yamux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Frames by hand and by name: what a test writes to a [Yamux] and reads from it.
final class Wire {

  static final int DATA = 0;
  static final int WINDOW_UPDATE = 1;
  static final int PING = 2;
  static final int GO_AWAY = 3;

  static final int SYN = 1;
  static final int ACK = 2;
  static final int FIN = 4;
  static final int RST = 8;

  static final int WINDOW = 256 << 10;

  private Wire() {}

  static byte[] frame(int type, int flags, int stream, int length) {
    return ByteBuffer.allocate(12)
        .put((byte) 0)
        .put((byte) type)
        .putShort((short) flags)
        .putInt(stream)
        .putInt(length)
        .array();
  }

  static byte[] data(int flags, int stream, byte[] payload) {
    return concat(frame(DATA, flags, stream, payload.length), payload);
  }

  static byte[] data(int flags, int stream, int bytes) {
    return data(flags, stream, new byte[bytes]);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /// Feeds whole frames and returns the events in short: `Opened 1, Data 1 5, Finished 1`.
  static String feed(Yamux yamux, byte[]... frames) {
    return feedAt(yamux, 0, frames);
  }

  static String feedAt(Yamux yamux, long now, byte[]... frames) {
    List<YamuxEvent> events = new ArrayList<>();
    byte[] all = concat(frames);
    yamux.receive(all, 0, all.length, now, events);
    return describe(events);
  }

  static String describe(List<YamuxEvent> events) {
    return events.stream().map(Wire::describe).collect(Collectors.joining(", "));
  }

  private static String describe(YamuxEvent event) {
    return switch (event) {
      case YamuxEvent.Opened(int stream) -> "Opened " + stream;
      case YamuxEvent.Data(int stream, byte[] _, int _, int len) -> "Data " + stream + " " + len;
      case YamuxEvent.Finished(int stream) -> "Finished " + stream;
      case YamuxEvent.Reset(int stream) -> "Reset " + stream;
      case YamuxEvent.Writable(int stream) -> "Writable " + stream;
      case YamuxEvent.GoneAway(int code) -> "GoneAway " + code;
      case YamuxEvent.Pong(long rtt) -> "Pong " + rtt;
    };
  }

  /// Drains the output and returns its frames in short: `WINDOW SYN 1 0, DATA 1 5`.
  static String sent(Yamux yamux) {
    ByteBuffer out = ByteBuffer.wrap(yamux.output().take());
    List<String> frames = new ArrayList<>();
    while (out.hasRemaining()) {
      int first = out.getInt();
      int stream = out.getInt();
      int length = out.getInt();
      int type = first >>> 16;
      frames.add(name(type, first & 0xffff) + " " + stream + " " + length);
      if (type == DATA) {
        out.position(out.position() + length);
      }
    }
    return String.join(", ", frames);
  }

  private static String name(int type, int flags) {
    String name = List.of("DATA", "WINDOW", "PING", "GOAWAY").get(type);
    for (int bit = 0; bit < 4; bit++) {
      if ((flags & 1 << bit) != 0) {
        name += " " + List.of("SYN", "ACK", "FIN", "RST").get(bit);
      }
    }
    return name;
  }

  static Yamux client() {
    return new Yamux(true, YamuxLimits.defaults(), 0);
  }

  static Yamux server() {
    return new Yamux(false, YamuxLimits.defaults(), 0);
  }

  static YamuxLimits limits(int maxStreams, int ackBacklog, long connectionReceiveBytes) {
    YamuxLimits d = YamuxLimits.defaults();
    return new YamuxLimits(
        d.initialWindow(),
        d.maxWindow(),
        maxStreams,
        ackBacklog,
        d.maxQueuedControl(),
        d.maxQueuedPongs(),
        Duration.ZERO,
        d.pingTimeout(),
        d.maxFrame(),
        connectionReceiveBytes);
  }
}
