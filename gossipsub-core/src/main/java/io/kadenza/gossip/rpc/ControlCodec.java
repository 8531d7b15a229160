package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The protobuf form of [Control]. An instance reads the control of one RPC, which may come in
/// several parts. Skipped undecoded: IDONTWANT, extensions, the peers that a PRUNE offers.
final class ControlCodec {
  static final int IHAVE = 1;
  static final int IWANT = 2;
  static final int GRAFT = 3;
  static final int PRUNE = 4;

  /// The topic's field, in every kind that has one.
  private static final int TOPIC = 1;

  private static final int IHAVE_ID = 2;
  private static final int IWANT_ID = 1;
  private static final int PRUNE_BACKOFF = 3;

  private final List<IHave> ihave = new ArrayList<>();
  private final List<IWant> iwant = new ArrayList<>();
  private final List<Graft> graft = new ArrayList<>();
  private final List<Prune> prune = new ArrayList<>();

  /// How many message ids were read so far.
  private int ids;

  static void write(Control control, ProtoWriter out) {
    for (IHave entry : control.ihave()) {
      out.message(
          IHAVE,
          o -> {
            o.utf8(TOPIC, entry.topic());
            entry.ids().forEach(id -> o.bytes(IHAVE_ID, id));
          });
    }
    for (IWant entry : control.iwant()) {
      out.message(IWANT, o -> entry.ids().forEach(id -> o.bytes(IWANT_ID, id)));
    }
    for (Graft entry : control.graft()) {
      out.message(GRAFT, o -> o.utf8(TOPIC, entry.topic()));
    }
    for (Prune entry : control.prune()) {
      out.message(
          PRUNE,
          o -> {
            o.utf8(TOPIC, entry.topic());
            if (entry.backoffSeconds() > 0) {
              o.varint(PRUNE_BACKOFF, entry.backoffSeconds());
            }
          });
    }
  }

  /// Reads one part.
  void read(ProtoReader in) {
    while (in.next()) {
      switch (in.field()) {
        case IHAVE -> readIHave(in.message(RpcLimits.MAX_CONTROL_BYTES));
        case IWANT -> readIWant(in.message(RpcLimits.MAX_CONTROL_BYTES));
        case GRAFT -> readGraft(in.message(RpcLimits.MAX_CONTROL_BYTES));
        case PRUNE -> readPrune(in.message(RpcLimits.MAX_CONTROL_BYTES));
        default -> in.skip();
      }
    }
  }

  /// What was read from all parts.
  Control result() {
    if (ihave.isEmpty() && iwant.isEmpty() && graft.isEmpty() && prune.isEmpty()) {
      return Control.NONE;
    }
    return new Control(ihave, iwant, graft, prune);
  }

  private void readIHave(ProtoReader in) {
    String topic = "";
    List<Bytes> named = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case TOPIC -> topic = Topics.read(in);
        case IHAVE_ID -> readId(in, named);
        default -> in.skip();
      }
    }
    if (topic != null && !named.isEmpty()) {
      ihave.add(new IHave(topic, named));
    }
  }

  private void readIWant(ProtoReader in) {
    List<Bytes> named = new ArrayList<>();
    while (in.next()) {
      if (in.field() == IWANT_ID) {
        readId(in, named);
      } else {
        in.skip();
      }
    }
    if (!named.isEmpty()) {
      iwant.add(new IWant(named));
    }
  }

  private void readGraft(ProtoReader in) {
    String topic = "";
    while (in.next()) {
      if (in.field() == TOPIC) {
        topic = Topics.read(in);
      } else {
        in.skip();
      }
    }
    if (topic != null) {
      graft.add(new Graft(topic));
    }
  }

  private void readPrune(ProtoReader in) {
    String topic = "";
    long backoff = 0;
    while (in.next()) {
      switch (in.field()) {
        case TOPIC -> topic = Topics.read(in);
        case PRUNE_BACKOFF -> backoff = in.varint();
        default -> in.skip();
      }
    }
    if (topic != null) {
      prune.add(Prune.clamped(topic, backoff));
    }
  }

  private void readId(ProtoReader in, List<Bytes> into) {
    if (ids == RpcLimits.MAX_IDS) {
      in.skip();
      return;
    }
    ByteBuffer id = in.slice(RpcLimits.MAX_CONTROL_BYTES);
    if (id.remaining() <= RpcLimits.MAX_ID_BYTES) {
      byte[] copy = new byte[id.remaining()];
      id.get(copy);
      into.add(Bytes.wrap(copy));
      ids++;
    }
  }
}
