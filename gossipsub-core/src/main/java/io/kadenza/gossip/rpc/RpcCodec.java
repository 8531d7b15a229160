package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/// The protobuf form of an [Rpc].
///
/// Reading takes two passes. The first counts and allocates nothing, so that an RPC beyond
/// [RpcLimits] is refused before a single entry of it becomes an object; the second decodes.
public final class RpcCodec {
  static final int SUBSCRIPTIONS = 1;
  static final int PUBLISH = 2;
  static final int CONTROL = 3;

  private static final int SUBSCRIBE = 1;
  private static final int TOPIC = 2;

  private RpcCodec() {}

  /// The bytes of an RPC, without the length prefix that frames it on a stream.
  public static byte[] encode(Rpc rpc) {
    var out = new ProtoWriter(1024);
    for (SubOpts entry : rpc.subscriptions()) {
      out.message(
          SUBSCRIPTIONS, o -> o.bool(SUBSCRIBE, entry.subscribe()).utf8(TOPIC, entry.topic()));
    }
    for (Message message : rpc.publish()) {
      out.message(PUBLISH, o -> MessageCodec.write(message, o));
    }
    if (!rpc.control().isEmpty()) {
      out.message(CONTROL, o -> ControlCodec.write(rpc.control(), o));
    }
    return out.toByteArray();
  }

  /// Reads an RPC.
  ///
  /// @throws MalformedException if it is no protobuf or holds more than [RpcLimits] allow; its
  ///   sender is then not worth reading on
  public static Rpc decode(byte[] rpc) {
    return decode(rpc, 0, rpc.length);
  }

  /// Reads the RPC in `length` bytes at `offset`, and keeps nothing of the array.
  ///
  /// @throws MalformedException as the other
  public static Rpc decode(byte[] buffer, int offset, int length) {
    if (length > RpcLimits.MAX_RPC_BYTES) {
      throw MalformedException.onWire(
          "RPC of " + length + " bytes; at most " + RpcLimits.MAX_RPC_BYTES + " are read");
    }
    RpcCount.check(new ProtoReader(buffer, offset, length));

    List<SubOpts> subscriptions = new ArrayList<>();
    List<Message> publish = new ArrayList<>();
    var control = new ControlCodec();
    var in = new ProtoReader(buffer, offset, length);
    while (in.next()) {
      switch (in.field()) {
        case SUBSCRIPTIONS -> readSubscription(in.message(length), subscriptions);
        case PUBLISH -> {
          Message message = MessageCodec.read(in.message(length));
          if (message != null) {
            publish.add(message);
          }
        }
        case CONTROL -> control.read(in.message(length));
        default -> in.skip();
      }
    }
    return new Rpc(subscriptions, publish, control.result());
  }

  private static void readSubscription(ProtoReader in, List<SubOpts> into) {
    boolean subscribe = false;
    String topic = "";
    while (in.next()) {
      switch (in.field()) {
        case SUBSCRIBE -> subscribe = in.bool();
        case TOPIC -> topic = Topics.read(in);
        default -> in.skip();
      }
    }
    if (topic != null && !topic.isEmpty()) {
      into.add(new SubOpts(subscribe, topic));
    }
  }
}
