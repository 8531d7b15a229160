package io.kadenza.host;

/// What a protocol of length-prefixed requests grants to each peer.
///
/// @param maxFrame the longest request accepted, bytes; a longer one resets its stream
/// @param maxStreams how many streams of the protocol a peer may hold open on one connection; the
///   one that has been silent longest gives way to a new one
/// @param maxPipelined how many requests of one stream are handed over before the first of them is
///   answered; further ones wait in the stream, uncredited
public record FrameLimits(int maxFrame, int maxStreams, int maxPipelined) {
  public FrameLimits {
    if (maxFrame < 1 || maxStreams < 1 || maxPipelined < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
  }
}
