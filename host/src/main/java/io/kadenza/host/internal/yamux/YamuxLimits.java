package io.kadenza.host.internal.yamux;

import java.time.Duration;

/// What one Yamux connection may cost.
///
/// @param initialWindow bytes the remote may send on a fresh stream: the 256 KiB of the
///   specification, or more, announced when the stream opens
/// @param maxWindow bytes up to which a stream's receive window is tuned
/// @param maxStreams streams open at once, counted for each side that opens them
/// @param ackBacklog streams one side may have opened that the other has not yet acknowledged
/// @param maxQueuedControl bytes of control frames that may wait in the output before the remote
///   counts as not reading
/// @param maxQueuedPongs ping answers that may wait in the output; pings beyond go unanswered
/// @param keepAlive silence after which a ping is sent; zero for never
/// @param pingTimeout silence after a ping that ends the connection
/// @param maxFrame payload bytes in a data frame we send
/// @param connectionReceiveBytes bytes received and not yet consumed over all streams, and as much
///   again of window growth
public record YamuxLimits(
    int initialWindow,
    int maxWindow,
    int maxStreams,
    int ackBacklog,
    int maxQueuedControl,
    int maxQueuedPongs,
    Duration keepAlive,
    Duration pingTimeout,
    int maxFrame,
    long connectionReceiveBytes) {

  /// The window every stream starts with, by the specification.
  public static final int SPECIFIED_WINDOW = 256 << 10;

  /// A header and this payload fill one Noise frame of 65,519 plaintext bytes.
  private static final int ONE_NOISE_FRAME = 65_519 - 12;

  public YamuxLimits {
    requireAtLeast("initialWindow", initialWindow, SPECIFIED_WINDOW);
    requireAtLeast("maxWindow", maxWindow, initialWindow);
    requireAtLeast("maxStreams", maxStreams, 1);
    requireAtLeast("ackBacklog", ackBacklog, 1);
    requireAtLeast("maxQueuedControl", maxQueuedControl, 1024);
    requireAtLeast("maxQueuedPongs", maxQueuedPongs, 1);
    requireAtLeast("maxFrame", maxFrame, 1);
    requireAtLeast("connectionReceiveBytes", connectionReceiveBytes, initialWindow);
    if (keepAlive.isNegative() || pingTimeout.isNegative() || pingTimeout.isZero()) {
      throw new IllegalArgumentException(
          "keepAlive must not be negative, pingTimeout must be positive");
    }
  }

  /// What go-libp2p and rust-libp2p use, where they agree.
  public static YamuxLimits defaults() {
    return new YamuxLimits(
        SPECIFIED_WINDOW,
        16 << 20,
        512,
        256,
        256 << 10,
        32,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        ONE_NOISE_FRAME,
        32L << 20);
  }

  private static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least " + least);
    }
  }
}
