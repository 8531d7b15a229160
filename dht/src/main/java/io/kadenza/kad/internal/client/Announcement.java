package io.kadenza.kad.internal.client;

import io.kadenza.host.Connection;
import io.kadenza.host.FrameListener;
import io.kadenza.host.FrameStream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.rpc.KadCodec;

/// An ADD_PROVIDER, which has no answer: it goes on a stream of its own, of which this side is
/// closed behind it, and counts as taken when the peer closes its side too.
///
/// py-libp2p echoes what it has taken, and then resets the stream because we have half-closed it: a
/// reset is a refusal only if it comes instead of an echo. Confined to the event loop.
final class Announcement implements FrameListener {
  private final RpcClient client;
  private final Request request;
  private boolean echoed;

  private Announcement(RpcClient client, Request request) {
    this.client = client;
    this.request = request;
  }

  /// @throws StreamException if the connection is closed or full
  static void send(RpcClient client, Request request, Connection connection, String protocol) {
    FrameStream stream =
        connection.openFrames(
            protocol, KadCodec.MAX_REPLY_BYTES, new Announcement(client, request));
    request.carriedBy(_ -> stream.reset());
    stream.send(request.body());
    stream.finish();
  }

  @Override
  public void frame(byte[] buffer, int offset, int length) {
    echoed = true;
  }

  @Override
  public void finished() {
    client.end(request, new EngineInput.Sent(request.id()));
  }

  @Override
  public void failed(StreamException why) {
    if (echoed && why.reason() == StreamException.Reason.RESET) {
      finished();
    } else {
      client.fail(request, RpcClient.failure(why.reason()));
    }
  }
}
