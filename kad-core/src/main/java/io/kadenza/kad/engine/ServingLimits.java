package io.kadenza.kad.engine;

import io.kadenza.kad.record.HeapRoom;
import java.time.Duration;

/// What a server grants to those who ask it. Whoever asks for more is not refused but served later,
/// as fast as the rates allow; only when the server as a whole has too much to do, requests are
/// refused, first those of whoever has asked for most of late. Start from [#DEFAULT] and change
/// with the `with…` methods.
///
/// @param streamsPerConnection streams of requests that a peer may hold open on one connection;
///   half of what a connection carries by default. A program on js-libp2p that provides a hundred
///   contents at once opens a stream for each, and does not try again where one is reset
/// @param inFlightPerPeer requests of one peer that the engine works on at a time
/// @param inFlight likewise of all peers; at some 10 µs each the last waits for a hundredth of a
///   second
/// @param inFlightBytes of the requests of all peers that the engine works on, as they came; one
///   alone is taken whatever its size
/// @param perPeer what one peer may ask for; not enforced for private and loopback addresses, where
///   everybody belongs together
/// @param perNetwork likewise all peers of one IPv4 /24 or IPv6 /48, which is what one attacker
///   commonly has
public record ServingLimits(
    int streamsPerConnection,
    int inFlightPerPeer,
    int inFlight,
    long inFlightBytes,
    Rate perPeer,
    Rate perNetwork) {

  private static final int HEAP_SHARE = 32;

  public static final ServingLimits DEFAULT =
      new ServingLimits(
          128,
          8,
          1_024,
          64 << 20,
          new Rate(200, 1 << 20, Duration.ofSeconds(10)),
          new Rate(1_000, 4 << 20, Duration.ofSeconds(10)));

  public ServingLimits {
    if (streamsPerConnection < 1
        || inFlightPerPeer < 1
        || inFlight < inFlightPerPeer
        || inFlightBytes < 1) {
      throw new IllegalArgumentException(
          "limits must be positive, and that for all peers not below that for one");
    }
  }

  /// These limits, where they are those of [#DEFAULT], cut to what there is room for: a
  /// thirty-second of a heap for the requests that the engine works on. A heap of 2 GiB has room
  /// for all.
  public ServingLimits fittedTo(long heapBytes) {
    var room = new HeapRoom(heapBytes / HEAP_SHARE);
    return new ServingLimits(
        streamsPerConnection,
        inFlightPerPeer,
        inFlight,
        room.cut(inFlightBytes, DEFAULT.inFlightBytes, 1),
        perPeer,
        perNetwork);
  }

  public ServingLimits withStreamsPerConnection(int value) {
    return new ServingLimits(value, inFlightPerPeer, inFlight, inFlightBytes, perPeer, perNetwork);
  }

  public ServingLimits withInFlight(int ofEachPeer, int ofAll, long bytesOfAll) {
    return new ServingLimits(
        streamsPerConnection, ofEachPeer, ofAll, bytesOfAll, perPeer, perNetwork);
  }

  public ServingLimits withRates(Rate ofEachPeer, Rate ofEachNetwork) {
    return new ServingLimits(
        streamsPerConnection, inFlightPerPeer, inFlight, inFlightBytes, ofEachPeer, ofEachNetwork);
  }
}
