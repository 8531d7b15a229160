package io.kadenza.host;

/// Serves a protocol of length-prefixed requests, in the connection's event loop.
///
/// Made for requests that are answered from memory in microseconds: no thread is woken, and all
/// answers of one turn of the loop leave in one encrypted frame. A handler must not block; what
/// needs longer is handed elsewhere and answered later, from any thread. Requests of one stream are
/// handed over in their order, a few at a time ([FrameLimits#maxPipelined]), and however they are
/// answered, the answers leave in that order.
@FunctionalInterface
public interface FrameHandler {

  /// A peer has opened a stream; requests follow.
  default void opened(Connection connection) {}

  /// Takes one request.
  ///
  /// @param connection where it came from
  /// @param buffer holds the request from `offset` for `length` bytes; valid during the call only
  /// @param exchange how to answer it
  void request(Connection connection, byte[] buffer, int offset, int length, Exchange exchange);

  /// The answer's way back. Exactly one of the methods is to be called, once; a further call is
  /// ignored.
  interface Exchange {
    /// Sends `body` as one frame.
    void reply(byte[] body);

    /// Ends the exchange without an answer; the stream goes on.
    void done();

    /// Refuses the request: the stream is reset.
    void refuse();

    /// Leaves the request in the stream, uncredited, so that the peer's window holds it back. Only
    /// during [FrameHandler#request].
    ///
    /// @return to be run, from any thread, when the request may be handed over again
    Runnable postpone();
  }
}
