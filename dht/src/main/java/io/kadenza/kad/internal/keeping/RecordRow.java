package io.kadenza.kad.internal.keeping;

import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Sender;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import io.kadenza.store.Table;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A value as a row under its key: a protobuf of the value, whose shares it counts against, when it
/// was taken in and when it expires.
record RecordRow(Record record, Sender from, Instant expires) {
  private static final int VALUE = 1;
  private static final int FROM = 2;
  private static final int RECEIVED = 3;
  private static final int RECEIVED_NANOS = 4;
  private static final int EXPIRES = 5;
  private static final int EXPIRES_NANOS = 6;

  /// Left out by earlier versions.
  private static final int IP_GROUP = 7;

  Bytes encode() {
    Instant received = record.received().orElse(Instant.EPOCH);
    return new ProtoWriter(record.value().size() + 96)
        .bytes(VALUE, record.value())
        .bytes(FROM, from.id().bytes())
        .varint(RECEIVED, received.getEpochSecond())
        .varint(RECEIVED_NANOS, received.getNano())
        .varint(EXPIRES, expires.getEpochSecond())
        .varint(EXPIRES_NANOS, expires.getNano())
        .varint(IP_GROUP, from.ipGroup())
        .toBytes();
  }

  /// Empty if this is no such row.
  static Optional<RecordRow> decode(Bytes key, Bytes row) {
    try {
      var in = new ProtoReader(row.toArray());
      Bytes value = Bytes.EMPTY;
      PeerId from = null;
      long[] numbers = new long[IP_GROUP + 1];
      while (in.next()) {
        switch (in.field()) {
          case VALUE -> value = in.value(Table.MAX_VALUE_BYTES);
          case FROM -> from = PeerId.of(in.value(PeerId.MAX_BYTES));
          case RECEIVED, RECEIVED_NANOS, EXPIRES, EXPIRES_NANOS, IP_GROUP ->
              numbers[in.field()] = in.varint();
          default -> in.skip();
        }
      }
      if (from == null) {
        return Optional.empty();
      }
      var received = Instant.ofEpochSecond(numbers[RECEIVED], numbers[RECEIVED_NANOS]);
      var expires = Instant.ofEpochSecond(numbers[EXPIRES], numbers[EXPIRES_NANOS]);
      var sender = new Sender(from, numbers[IP_GROUP]);
      return Optional.of(
          new RecordRow(new Record(key, value).receivedAt(received), sender, expires));
    } catch (MalformedException | DateTimeException | ArithmeticException notARow) {
      return Optional.empty();
    }
  }
}
