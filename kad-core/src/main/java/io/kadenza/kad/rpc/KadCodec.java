package io.kadenza.kad.rpc;

/// The protobuf form of requests and responses, without the length prefix of the frame.
@SuppressWarnings("DoNotCallSuggester") // until it is written
public final class KadCodec {
  /// What go, js and py send at most; a bigger frame is refused before it is read.
  public static final int MAX_MESSAGE_BYTES = 4 << 20;

  /// rust-libp2p fails a query whose answer is longer.
  public static final int MAX_REPLY_BYTES = 16 << 10;

  private KadCodec() {}

  public static byte[] encodeRequest(KadRequest request) {
    throw new UnsupportedOperationException("to come");
  }

  /// Throws [io.kadenza.multiformats.MalformedException] on a request that must be answered by a
  /// reset.
  public static KadRequest decodeRequest(byte[] body) {
    throw new UnsupportedOperationException("to come");
  }

  /// At most [#MAX_REPLY_BYTES].
  public static byte[] encodeResponse(KadResponse response) {
    throw new UnsupportedOperationException("to come");
  }

  /// Throws [io.kadenza.multiformats.MalformedException] on anything but an answer to `request`.
  public static KadResponse decodeResponse(KadRequest request, byte[] body) {
    throw new UnsupportedOperationException("to come");
  }
}
