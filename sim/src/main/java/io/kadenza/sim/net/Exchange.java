package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import org.jspecify.annotations.Nullable;

/// One request and what becomes of it. It waits in the timeline twice: on its way there, and on its
/// way back.
sealed class Exchange extends Event permits BatchExchange {
  private enum Stage {
    UNDER_WAY,
    ANSWERED,
    TAKEN,
    FAILED
  }

  private final Network network;
  final SimNode from;
  final @Nullable SimNode to;
  final long rpcId;
  final KadRequest request;
  final int fromLife;

  /// The life of the receiver with which there was a connection, or any if there is to be a new
  /// one.
  final int toLife;

  static final int ANY_LIFE = -1;

  private Stage stage = Stage.UNDER_WAY;
  private @Nullable KadResponse response;
  private RpcFailure why = RpcFailure.UNREACHABLE;

  Exchange(
      Network network,
      SimNode from,
      @Nullable SimNode to,
      long rpcId,
      KadRequest request,
      int toLife) {
    this.network = network;
    this.from = from;
    this.to = to;
    this.rpcId = rpcId;
    this.request = request;
    this.fromLife = from.life;
    this.toLife = toLife;
  }

  Exchange answered(KadResponse value) {
    stage = Stage.ANSWERED;
    response = value;
    return this;
  }

  Exchange taken() {
    stage = Stage.TAKEN;
    return this;
  }

  Exchange failed(RpcFailure value) {
    stage = Stage.FAILED;
    why = value;
    return this;
  }

  @Override
  protected void fire() {
    KadResponse answer = response;
    switch (stage) {
      case UNDER_WAY -> network.arrive(this);
      case ANSWERED -> {
        if (answer != null) {
          network.report(this, new EngineInput.Answered(rpcId, answer));
        }
      }
      case TAKEN -> network.report(this, new EngineInput.Sent(rpcId));
      case FAILED -> network.report(this, new EngineInput.RpcFailed(rpcId, why));
    }
  }

  /// How many bytes are sent.
  int size() {
    return MessageSize.of(request);
  }

  /// What the trace calls it.
  int traceKind() {
    return switch (stage) {
      case UNDER_WAY -> 0;
      case ANSWERED -> 1;
      case TAKEN -> 2;
      case FAILED -> 3;
    };
  }
}
