package io.kadenza.host;

/// Is told what arrives on a [FrameStream], in the connection's event loop: it must not block.
public interface FrameListener {

  /// A frame arrived.
  ///
  /// @param buffer holds it from `offset` for `length` bytes; valid during the call only
  void frame(byte[] buffer, int offset, int length);

  /// The peer will send nothing more, or the stream was closed after a long silence: there is
  /// nothing to wait for.
  void finished();

  /// The stream is over in both directions. Told once at most, also after [#finished] and after the
  /// listener's own [FrameStream#reset].
  void failed(StreamException why);

  /// Queued bytes went out; there is room for more.
  default void writable() {}
}
