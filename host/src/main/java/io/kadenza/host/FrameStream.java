package io.kadenza.host;

/// The asking end of a protocol of length-prefixed frames, for code that is told of answers instead
/// of waiting for them: what arrives goes to a [FrameListener]. Safe for use by any thread; no call
/// waits.
///
/// A stream on which nothing was said for three quarters of [Limits#streamIdle] is closed.
public interface FrameStream {

  /// Queues `body` as one frame. Without effect once the stream is over, of which the listener is
  /// told.
  void send(byte[] body);

  /// Queues bytes that are whole frames already, each behind its length.
  void sendFramed(byte[] frames, int offset, int length);

  /// How many bytes wait to be sent. Whoever sends much pauses while this is large, until
  /// [FrameListener#writable].
  int queued();

  /// Says that nothing more will be sent. Idempotent.
  void finish();

  /// Abandons the stream in both directions and tells the peer so. Idempotent.
  void reset();
}
