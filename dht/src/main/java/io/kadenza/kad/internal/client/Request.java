package io.kadenza.kad.internal.client;

import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.multiformats.PeerInfo;
import org.jspecify.annotations.Nullable;

/// One request of the engine's on its way to an end. Who carries it is set by whoever sends it on;
/// the rest does not change.
final class Request {
  /// What holds up a request while it has no end.
  @FunctionalInterface
  interface Carrier {
    /// Nobody waits for the request any more.
    void abandoned(Request request);
  }

  private final Ask ask;
  private final byte[] body;
  private final long deadline;
  private volatile @Nullable Carrier carrier;
  private volatile boolean retried;

  /// @param now monotonic nanos
  Request(Ask ask, long now) {
    this.ask = ask;
    this.body = KadCodec.encodeRequest(ask.request());
    this.deadline = now + ask.patience().toNanos();
  }

  Ask ask() {
    return ask;
  }

  long id() {
    return ask.rpcId();
  }

  PeerInfo to() {
    return ask.to();
  }

  /// The message, without its length.
  byte[] body() {
    return body;
  }

  /// When the engine gives it up, monotonic nanos.
  long deadline() {
    return deadline;
  }

  /// Whether a stream that had answered before ended instead of answering this: then it is sent
  /// once more, on a stream of its own.
  boolean isRetried() {
    return retried;
  }

  void retried() {
    retried = true;
  }

  void carriedBy(Carrier newCarrier) {
    carrier = newCarrier;
  }

  void abandon() {
    Carrier now = carrier;
    if (now != null) {
      now.abandoned(this);
    }
  }

  /// Runs `dialling` on a thread of its own, interrupted when the request is abandoned.
  void startDialling(Runnable dialling) {
    Thread thread = Thread.ofVirtual().name("kad-rpc-", id()).unstarted(dialling);
    carriedBy(_ -> thread.interrupt());
    thread.start();
  }
}
