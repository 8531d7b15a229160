package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.host.FrameListener;
import io.kadenza.host.FrameStream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineEffect.Announce;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.Announcements;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keys of which one peer is told that we provide them: an ADD_PROVIDER for each, all on one stream
/// that carries nothing else and of which this side is closed behind them.
///
/// There is no answer to ADD_PROVIDER; they count as taken when the peer closes its side too. That
/// says nothing of a peer that closes after one request, so one that has not shown yet that it goes
/// on is asked something at the end: its answer proves that all before it was read. py-libp2p
/// echoes what it has taken and then resets the stream, because we have half-closed it: what was
/// echoed is taken, however the stream ends.
final class Announcement extends Errand {
  /// Bytes that may wait to be sent, if one frame is not longer.
  private static final int AHEAD = 64 << 10;

  private final RpcClient client;
  private final Announcements frames;
  private final List<Bytes> keys;

  /// How many of the keys are sure to be taken; one stream after the other adds to it.
  private final AtomicInteger taken = new AtomicInteger();

  Announcement(RpcClient client, Announce batch) {
    super(batch.rpcId(), batch.to(), batch.patience());
    this.client = client;
    this.keys = batch.keys();
    this.frames = new Announcements(batch.provider());
  }

  @Override
  void send(Connection connection) {
    PeerLine line = client.line(to().id());
    int left = keys.size() - taken.get();
    boolean together = left == 1 || line.reuses();
    boolean unproven = left > 1 && !line.goesOn();
    new Batch(line, together ? left : 1, together && unproven).open(connection);
  }

  @Override
  MessageType type() {
    return MessageType.ADD_PROVIDER;
  }

  /// A stream has ended after `more` further keys were taken.
  private void proceed(int more) {
    if (taken.addAndGet(more) >= keys.size()) {
      client.end(this, new EngineInput.Sent(id()));
    } else {
      client.dispatch(this);
    }
  }

  /// Some of the keys on one stream. Guarded by itself.
  private final class Batch implements FrameListener {
    private final PeerLine line;
    private final int first = taken.get();
    private final int count;
    private final @Nullable KadRequest receipt;
    private @Nullable FrameStream stream;
    private int written;
    private int echoes;
    private boolean receipted;
    private boolean finished;
    private boolean over;

    Batch(PeerLine line, int count, boolean receipt) {
      this.line = line;
      this.count = count;
      this.receipt = receipt ? new KadRequest.FindNode(to().id().bytes()) : null;
    }

    synchronized void open(Connection connection) {
      FrameStream opened =
          connection.openFrames(client.protocol(), KadCodec.MAX_MESSAGE_BYTES, this);
      stream = opened;
      client.meter().opened();
      onAbandon(opened::reset);
      write(opened);
    }

    /// Writes as much as there is room for.
    private void write(FrameStream out) {
      for (int room = room(out); written < count && room > 0; room = room(out)) {
        byte[] some = frames.frames(keys, first + written, first + count, room);
        int more = some.length / frames.frameBytes();
        out.sendFramed(some, 0, some.length);
        client.meter().sent(MessageType.ADD_PROVIDER, frames.frameBytes(), more);
        written += more;
      }
      if (written == count && !finished) {
        finished = true;
        if (receipt != null) {
          out.send(KadCodec.encodeRequest(receipt));
        }
        out.finish();
      }
    }

    private static int room(FrameStream out) {
      return AHEAD - out.queued();
    }

    @Override
    public synchronized void writable() {
      if (stream != null && !over) {
        write(stream);
      }
    }

    @Override
    public synchronized void frame(byte[] buffer, int offset, int length) {
      byte[] body = Arrays.copyOfRange(buffer, offset, offset + length);
      if (receipt != null && isReceipt(receipt, body)) {
        receipted = true;
      } else {
        echoes = Math.min(count, echoes + 1);
      }
    }

    private static boolean isReceipt(KadRequest question, byte[] body) {
      try {
        KadCodec.decodeResponse(question, body);
        return true;
      } catch (MalformedException echo) {
        return false;
      }
    }

    @Override
    public void finished() {
      ended(null);
    }

    @Override
    public void failed(StreamException why) {
      ended(why);
    }

    private void ended(@Nullable StreamException why) {
      int sure;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        sure = sure(why == null);
        if (stream != null) {
          stream.finish();
        }
      }
      if (receipted) {
        line.learnt(true);
      } else if (receipt != null && why == null) {
        line.learnt(false);
      }
      if (sure > 0) {
        proceed(sure);
      } else {
        client.fail(
            Announcement.this, why == null ? RpcFailure.REFUSED : RpcClient.failure(why.reason()));
      }
    }

    /// How many keys the peer has taken for sure.
    private int sure(boolean cleanly) {
      if (receipted || (cleanly && receipt == null && finished)) {
        return count;
      }
      return Math.max(echoes, cleanly ? 1 : 0);
    }
  }
}
