package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Varint;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The protobuf form of a [Message]: known fields in the order of their numbers, then the unknown
/// ones, which is the order in which go, rust and js write and therefore sign them.
public final class MessageCodec {
  private static final int FROM = 1;
  private static final int DATA = 2;
  private static final int SEQNO = 3;
  private static final int TOPIC = 4;
  private static final int SIGNATURE = 5;
  private static final int KEY = 6;

  private MessageCodec() {}

  /// What the author signs, without its prefix: the message without its signature. The key is left
  /// out as well, as go, rust and js do, although the specification names the signature only.
  public static Bytes signedPart(Message message) {
    var out = new ProtoWriter(message.footprint());
    writeSigned(message, out);
    out.raw(message.unrecognized());
    return out.toBytes();
  }

  static void write(Message message, ProtoWriter out) {
    writeSigned(message, out);
    optional(out, SIGNATURE, message.signature());
    optional(out, KEY, message.key());
    out.raw(message.unrecognized());
  }

  private static void writeSigned(Message message, ProtoWriter out) {
    optional(out, FROM, message.from());
    optional(out, DATA, message.data());
    optional(out, SEQNO, message.seqno());
    out.utf8(TOPIC, message.topic());
  }

  private static void optional(ProtoWriter out, int field, @Nullable Bytes value) {
    if (value != null) {
      out.bytes(field, value);
    }
  }

  /// Reads a message; null when its topic can be none of ours. The fields' lengths are bounded by
  /// the RPC's: what they hold is judged message by message, later.
  static @Nullable Message read(ProtoReader in) {
    Bytes from = null;
    Bytes data = null;
    Bytes seqno = null;
    String topic = "";
    Bytes signature = null;
    Bytes key = null;
    ProtoWriter unrecognized = null;
    while (in.next()) {
      switch (in.field()) {
        case FROM -> from = in.value(RpcLimits.MAX_RPC_BYTES);
        case DATA -> data = in.value(RpcLimits.MAX_RPC_BYTES);
        case SEQNO -> seqno = in.value(RpcLimits.MAX_RPC_BYTES);
        case TOPIC -> topic = Topics.read(in);
        case SIGNATURE -> signature = in.value(RpcLimits.MAX_RPC_BYTES);
        case KEY -> key = in.value(RpcLimits.MAX_RPC_BYTES);
        default -> {
          unrecognized = unrecognized == null ? new ProtoWriter(32) : unrecognized;
          copyField(in, unrecognized);
        }
      }
    }
    if (topic == null) {
      return null;
    }
    Bytes rest = unrecognized == null ? Bytes.EMPTY : unrecognized.toBytes();
    return new Message(from, data, seqno, topic, signature, key, rest);
  }

  private static void copyField(ProtoReader in, ProtoWriter out) {
    switch (in.wireType()) {
      case ProtoReader.VARINT -> out.varint(in.field(), in.varint());
      case ProtoReader.FIXED64 -> out.fixed64(in.field(), in.fixed64());
      case ProtoReader.FIXED32 -> out.fixed32(in.field(), in.fixed32());
      default -> out.bytes(in.field(), in.value(RpcLimits.MAX_RPC_BYTES));
    }
  }

  /// The size of a message as one entry of an RPC.
  static int entrySize(Message message) {
    int body =
        fieldSize(message.from())
            + fieldSize(message.data())
            + fieldSize(message.seqno())
            + fieldSize(message.topic().getBytes(StandardCharsets.UTF_8).length)
            + fieldSize(message.signature())
            + fieldSize(message.key())
            + message.unrecognized().size();
    return fieldSize(body);
  }

  private static int fieldSize(@Nullable Bytes value) {
    return value == null ? 0 : fieldSize(value.size());
  }

  /// A tag of one byte, a length, and as many bytes.
  static int fieldSize(int length) {
    return 1 + Varint.size(length) + length;
  }
}
