package io.kadenza.kad.engine;

import java.time.Duration;

/// What a server grants to those who ask it. Whoever asks for more is not refused but served later,
/// as fast as the rates allow; only when the server as a whole has too much to do, requests are
/// refused, first those of whoever has asked for most of late.
///
/// @param streamsPerConnection streams of requests that a peer may hold open on one connection;
///   half of what a connection carries by default. A program on js-libp2p that provides a hundred
///   contents at once opens a stream for each, and does not try again where one is reset
/// @param inFlightPerPeer requests of one peer that the engine works on at a time
/// @param inFlight likewise of all peers; at some 10 µs each the last waits for a hundredth of a
///   second
/// @param perPeer what one peer may ask for; not enforced for private and loopback addresses, where
///   everybody belongs together
/// @param perNetwork likewise all peers of one IPv4 /24 or IPv6 /48, which is what one attacker
///   commonly has
public record ServingLimits(
    int streamsPerConnection, int inFlightPerPeer, int inFlight, Rate perPeer, Rate perNetwork) {

  public static final ServingLimits DEFAULT =
      new ServingLimits(
          128,
          8,
          1_024,
          new Rate(200, 1 << 20, Duration.ofSeconds(10)),
          new Rate(1_000, 4 << 20, Duration.ofSeconds(10)));

  public ServingLimits {
    if (streamsPerConnection < 1 || inFlightPerPeer < 1 || inFlight < inFlightPerPeer) {
      throw new IllegalArgumentException(
          "limits must be positive, and that for all peers not below that for one");
    }
  }
}
