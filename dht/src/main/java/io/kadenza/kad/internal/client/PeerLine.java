package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.multiformats.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The requests to one peer and the streams they go on: usually one, on which the next request is
/// written before the last is answered. Its lock guards them all; nothing under it waits.
final class PeerLine {
  /// Questions on one stream that wait for their answers: the peer works on them one by one, and
  /// what ends the stream ends all of them.
  static final int DEPTH = 8;

  /// Streams kept for one peer. Each is one of the 32 that rust-libp2p and js-libp2p admit.
  static final int STREAMS = 4;

  private final RpcClient client;
  private final PeerId peer;
  private final Habit habit = new Habit();
  private final List<Pipeline> pipelines = new ArrayList<>(1);

  /// What finds all streams full.
  private final Deque<Question> waiting = new ArrayDeque<>(0);

  private boolean retired;

  PeerLine(RpcClient client, PeerId peer) {
    this.client = client;
    this.peer = peer;
  }

  PeerId peer() {
    return peer;
  }

  Habit habit() {
    return habit;
  }

  synchronized boolean reuses() {
    return habit.reuses();
  }

  synchronized boolean goesOn() {
    return habit.goesOn();
  }

  /// Somebody has found out whether the peer takes more than one request on a stream.
  synchronized void learnt(boolean goesOn) {
    habit.learnt(goesOn);
  }

  RpcClient client() {
    return client;
  }

  /// Sends a request, or lets it wait for a place on a stream.
  synchronized void send(Question question, Connection connection) {
    leaveOthers(connection);
    Pipeline pipeline = question.isRetried() ? null : withRoom(System.nanoTime());
    if (pipeline != null) {
      pipeline.add(question);
    } else if (question.isRetried() || inUse() < STREAMS) {
      open(question, connection).add(question);
    } else {
      waiting.add(question);
      question.onAbandon(() -> withdraw(question));
    }
  }

  /// A peer that has come again may be gone from where its streams are.
  private void leaveOthers(Connection connection) {
    // From the last to the first, as below.
    for (int i = pipelines.size() - 1; i >= 0; i--) {
      if (!pipelines.get(i).isOn(connection)) {
        pipelines.get(i).retire();
      }
    }
  }

  private Pipeline open(Question question, Connection connection) {
    boolean keep = !retired && !question.isRetried() && habit.reuses() && client.reserve();
    try {
      var pipeline = Pipeline.open(this, connection, keep);
      pipelines.add(pipeline);
      return pipeline;
    } catch (RuntimeException failed) {
      if (keep) {
        client.release();
      }
      forgetIfIdle();
      throw failed;
    }
  }

  /// The stream with the fewest requests that takes one more.
  private @Nullable Pipeline withRoom(long now) {
    Pipeline best = null;
    // From the last to the first, since one that nobody waits for is removed on the way.
    for (int i = pipelines.size() - 1; i >= 0; i--) {
      Pipeline pipeline = pipelines.get(i);
      if (pipeline.takesMore(now) && (best == null || pipeline.depth() < best.depth())) {
        best = pipeline;
      }
    }
    return best != null && best.depth() < DEPTH ? best : null;
  }

  private int inUse() {
    int inUse = 0;
    for (Pipeline pipeline : pipelines) {
      inUse += pipeline.isInUse() ? 1 : 0;
    }
    return inUse;
  }

  private synchronized void withdraw(Question question) {
    waiting.remove(question);
  }

  /// A stream is over; called under the lock.
  void remove(Pipeline pipeline) {
    pipelines.remove(pipeline);
    if (pipeline.isKept()) {
      client.release();
    }
    forgetIfIdle();
  }

  private void forgetIfIdle() {
    if (pipelines.isEmpty()) {
      client.idle(this);
    }
  }

  /// Sends what has waited, as far as there is room. Not to be called under the lock.
  void goOn() {
    for (Question next = next(); next != null; next = next()) {
      client.dispatch(next);
    }
  }

  private synchronized @Nullable Question next() {
    boolean room = !waiting.isEmpty() && (inUse() < STREAMS || withRoom(System.nanoTime()) != null);
    return room ? waiting.poll() : null;
  }

  /// Keeps no stream any longer; requests on the way still find their ends.
  synchronized void retire() {
    retired = true;
    for (Pipeline pipeline : List.copyOf(pipelines)) {
      pipeline.retire();
    }
  }
}
