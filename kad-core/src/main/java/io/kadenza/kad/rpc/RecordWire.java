package io.kadenza.kad.rpc;

import io.kadenza.kad.record.Record;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// The protobuf message `Record`: `bytes key = 1; bytes value = 2; string timeReceived = 5`. Fields
/// that other implementations add (py's author and signature, rust's publisher and ttl) are read
/// past.
final class RecordWire {
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int TIME_RECEIVED = 5;

  /// RFC 3339 with nanoseconds and offset has 35 characters.
  private static final int MAX_TIME_BYTES = 64;

  /// The last second of the year 9999: RFC 3339 ends there.
  private static final double MAX_UNIX_SECONDS = 253_402_300_799.0;

  private RecordWire() {}

  static void encode(Record record, ProtoWriter out) {
    out.bytes(KEY, record.key()).bytes(VALUE, record.value());
    record.received().ifPresent(time -> out.utf8(TIME_RECEIVED, time.toString()));
  }

  static Record decode(ProtoReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes value = Bytes.EMPTY;
    Optional<Instant> received = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case KEY -> key = in.value(KadCodec.MAX_MESSAGE_BYTES);
        case VALUE -> value = in.value(KadCodec.MAX_MESSAGE_BYTES);
        case TIME_RECEIVED -> received = time(in.value(KadCodec.MAX_MESSAGE_BYTES));
        default -> in.skip();
      }
    }
    return new Record(key, value, received);
  }

  /// Reads what is in use: RFC 3339 (go, js), seconds since 1970 with a fraction (py until 0.7), or
  /// nothing (rust). Since no decision hangs on it, anything else is nothing too.
  private static Optional<Instant> time(Bytes text) {
    if (text.isEmpty() || text.size() > MAX_TIME_BYTES) {
      return Optional.empty();
    }
    String time = new String(text.toArray(), StandardCharsets.ISO_8859_1);
    try {
      if (time.indexOf('T') > 0) {
        return Optional.of(Instant.parse(time));
      }
      double seconds = Double.parseDouble(time);
      return seconds >= 0 && seconds <= MAX_UNIX_SECONDS
          ? Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)))
          : Optional.empty();
    } catch (DateTimeException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }
}
