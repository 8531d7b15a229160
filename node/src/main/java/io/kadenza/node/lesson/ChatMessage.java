package io.kadenza.node.lesson;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import io.kadenza.node.terminal.Escaped;
import java.time.Instant;

/// The payload of the universal-connectivity topics as the workshop's Rust lessons have it,
/// protobuf `UniversalConnectivityMessage`. Other applications send bare text on the same topics,
/// so reading takes either.
final class ChatMessage {
  private static final int FROM = 1;
  private static final int MESSAGE = 2;
  private static final int TIMESTAMP = 3;
  private static final int TYPE = 4;
  private static final int CHAT = 0;

  /// As much of a message as is worth a line.
  private static final int MAX_CHARS = 1_000;

  private ChatMessage() {}

  static Bytes encode(PeerId from, String message, Instant time) {
    return new ProtoWriter()
        .utf8(FROM, from.toString())
        .utf8(MESSAGE, message)
        .varint(TIMESTAMP, time.getEpochSecond())
        .varint(TYPE, CHAT)
        .toBytes();
  }

  /// What a message says, cut to a line's length; not yet escaped.
  static String text(Bytes data) {
    String text = structured(data);
    if (text.isEmpty()) {
      text = Escaped.utf8(data.toArray()).orElse(data.toHex());
    }
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }

  /// The text of a protobuf message, empty if it is none.
  private static String structured(Bytes data) {
    String from = "";
    String message = "";
    try {
      var in = new ProtoReader(data.toArray());
      while (in.next()) {
        switch (in.field()) {
          case FROM -> from = in.utf8(data.size());
          case MESSAGE -> message = in.utf8(data.size());
          default -> in.skip();
        }
      }
    } catch (MalformedException notProtobuf) {
      return "";
    }
    return from.isEmpty() ? "" : message;
  }
}
