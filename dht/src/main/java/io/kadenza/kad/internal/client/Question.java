package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.kad.engine.EngineEffect.Ask;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.MessageType;

/// A request that wants an answer.
final class Question extends Errand {
  private final RpcClient client;
  private final KadRequest request;
  private final byte[] body;
  private volatile boolean retried;

  Question(RpcClient client, Ask ask) {
    super(ask.rpcId(), ask.to(), ask.patience());
    this.client = client;
    this.request = ask.request();
    this.body = KadCodec.encodeRequest(request);
  }

  @Override
  void send(Connection connection) {
    client.line(to().id()).send(this, connection);
  }

  @Override
  MessageType type() {
    return request.type();
  }

  KadRequest request() {
    return request;
  }

  /// The message, without its length.
  byte[] body() {
    return body;
  }

  /// Whether a stream that had answered before ended instead of answering this: then it is sent
  /// once more, on a stream of its own.
  boolean isRetried() {
    return retried;
  }

  void retried() {
    retried = true;
  }
}
