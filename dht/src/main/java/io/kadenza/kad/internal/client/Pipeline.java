package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.host.FrameListener;
import io.kadenza.host.FrameStream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.multiformats.MalformedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stream and the requests on it, which are answered in their order.
///
/// When a stream ends instead of answering, only the request at its head can be the cause. If the
/// stream had answered others before, not even that is sure ("EOF on a reused stream: retry once on
/// a fresh stream, never a peer failure"), so it is sent once more by itself. Those behind it are
/// innocent and simply go on another stream.
///
/// Guarded by its [PeerLine].
final class Pipeline implements FrameListener {
  /// A request that has waited so long holds up the stream: others take another one.
  private static final long STUCK_NANOS = 1_000_000_000L;

  private record Sent(Question question, long at) {}

  private final PeerLine line;
  private final Connection connection;
  private final boolean kept;
  private final Deque<Sent> pending = new ArrayDeque<>(2);
  private @Nullable FrameStream stream;
  private int answers;
  private long lastAnswer;
  private boolean closing;
  private boolean over;

  private Pipeline(PeerLine line, Connection connection, boolean kept) {
    this.line = line;
    this.connection = connection;
    this.kept = kept;
  }

  /// Opens a stream. Called under the line's lock.
  ///
  /// @param keep whether it is for more than one request
  /// @throws StreamException if the connection is closed or full
  static Pipeline open(PeerLine line, Connection connection, boolean keep) {
    var pipeline = new Pipeline(line, connection, keep);
    pipeline.stream =
        connection.openFrames(line.client().protocol(), KadCodec.MAX_MESSAGE_BYTES, pipeline);
    line.client().meter().opened();
    return pipeline;
  }

  boolean isKept() {
    return kept;
  }

  /// Whether it is kept and has not been told to end.
  boolean isInUse() {
    return kept && !closing;
  }

  boolean isOn(Connection other) {
    return connection.equals(other);
  }

  int depth() {
    return pending.size();
  }

  /// Whether a further request is well off here.
  boolean takesMore(long now) {
    if (!isInUse()) {
      return false;
    }
    if (isStuck(now)) {
      endIfUnwanted();
      return false;
    }
    return true;
  }

  private boolean isStuck(long now) {
    Sent head = pending.peek();
    return head != null && now - head.at() > STUCK_NANOS;
  }

  void add(Question question) {
    pending.add(new Sent(question, System.nanoTime()));
    question.onAbandon(this::abandoned);
    stream().send(question.body());
    line.client().meter().sent(question.type(), question.body().length);
    if (!kept) {
      // As rust-libp2p does, and all others accept.
      closing = true;
      stream().finish();
    }
  }

  private FrameStream stream() {
    FrameStream open = stream;
    if (open == null) {
      throw new IllegalStateException("the stream is not open yet");
    }
    return open;
  }

  // ---- told by the event loop ----

  @Override
  public void frame(byte[] buffer, int offset, int length) {
    Sent first;
    synchronized (line) {
      first = pending.poll();
      if (first == null || over) {
        // Whatever it is, it would pass for the answer to the next request.
        end(true);
        return;
      }
      answers++;
      lastAnswer = System.nanoTime();
      line.habit().answered(answers);
      if (closing) {
        endIfUnwanted();
      }
    }
    answered(first.question(), Arrays.copyOfRange(buffer, offset, offset + length));
    line.goOn();
  }

  private void answered(Question question, byte[] body) {
    RpcClient client = line.client();
    if (!client.isWanted(question)) {
      return;
    }
    try {
      var response = client.decode(question.request(), body);
      client.end(question, new EngineInput.Answered(question.id(), response));
    } catch (MalformedException malformed) {
      client.fail(question, RpcFailure.MALFORMED);
      stream().reset();
    }
  }

  @Override
  public void finished() {
    ended(new StreamException(StreamException.Reason.RESET, "closed instead of an answer"), true);
  }

  @Override
  public void failed(StreamException why) {
    ended(why, false);
  }

  private void ended(StreamException why, boolean cleanly) {
    List<Question> left = new ArrayList<>(pending.size());
    boolean reused;
    synchronized (line) {
      if (over) {
        return;
      }
      reused = answers > 0;
      line.habit().ended(answers, cleanly, !pending.isEmpty(), System.nanoTime() - lastAnswer);
      pending.forEach(sent -> left.add(sent.question()));
      pending.clear();
      end(false);
    }
    for (int i = 0; i < left.size(); i++) {
      settle(left.get(i), i == 0, reused, why.reason());
    }
    line.goOn();
  }

  /// What becomes of a request whose stream has ended.
  private void settle(
      Question question, boolean first, boolean reused, StreamException.Reason why) {
    RpcClient client = line.client();
    if (!client.isWanted(question)) {
      return;
    }
    boolean blamed = first || why == StreamException.Reason.CONNECTION_CLOSED;
    if (!blamed && why == StreamException.Reason.RESET) {
      client.dispatch(question);
    } else if (reused && !question.isRetried()) {
      question.retried();
      client.dispatch(question);
    } else {
      client.fail(question, RpcClient.failure(why));
    }
  }

  private void abandoned() {
    synchronized (line) {
      // A young one will be answered yet, and its answer dropped; the stream is worth more.
      if (!kept || isStuck(System.nanoTime())) {
        endIfUnwanted();
      }
    }
    line.goOn();
  }

  /// Takes no more requests; closed once the last is answered. Called under the line's lock.
  void retire() {
    closing = true;
    endIfUnwanted();
  }

  /// Ends the stream unless somebody waits for an answer on it.
  private void endIfUnwanted() {
    for (Sent sent : pending) {
      if (line.client().isWanted(sent.question())) {
        return;
      }
    }
    end(!pending.isEmpty());
  }

  /// Ends the stream; called under the line's lock.
  private void end(boolean reset) {
    if (over) {
      return;
    }
    over = true;
    closing = true;
    line.remove(this);
    if (reset) {
      stream().reset();
    } else {
      stream().finish();
    }
  }
}
