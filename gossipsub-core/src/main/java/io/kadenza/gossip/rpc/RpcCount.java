package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.wire.ProtoReader;

/// Counts the entries of an RPC without decoding them and refuses it when there are too many.
/// Message ids are not counted here: the decoder skips those beyond [RpcLimits#MAX_IDS].
final class RpcCount {
  private int subscriptions;
  private int messages;
  private int entries;

  private RpcCount() {}

  static void check(ProtoReader in) {
    new RpcCount().count(in);
  }

  private void count(ProtoReader in) {
    while (in.next()) {
      switch (in.field()) {
        case RpcCodec.SUBSCRIPTIONS -> {
          bound(++subscriptions, RpcLimits.MAX_SUBSCRIPTIONS, "announcements");
          in.skip();
        }
        case RpcCodec.PUBLISH -> {
          bound(++messages, RpcLimits.MAX_MESSAGES, "messages");
          in.skip();
        }
        case RpcCodec.CONTROL -> countControl(in.message(RpcLimits.MAX_CONTROL_BYTES));
        default -> in.skip();
      }
    }
  }

  private void countControl(ProtoReader in) {
    while (in.next()) {
      switch (in.field()) {
        case ControlCodec.IHAVE, ControlCodec.IWANT, ControlCodec.GRAFT, ControlCodec.PRUNE ->
            bound(++entries, RpcLimits.MAX_CONTROL_ENTRIES, "control entries");
        default -> {}
      }
      in.skip();
    }
  }

  private static void bound(int count, int limit, String what) {
    if (count > limit) {
      throw MalformedException.onWire("RPC with more than " + limit + " " + what);
    }
  }
}
