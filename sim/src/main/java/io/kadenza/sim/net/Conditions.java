package io.kadenza.sim.net;

import java.time.Duration;

/// What the links of a simulated network are like.
///
/// @param latency stretches all delays; 1 for the internet
/// @param loss the share of messages that are lost; a stream sends them again, so that a loss is a
///   delay
/// @param dialRoundTrips how many round trips pass before a request can be sent to a peer without a
///   connection: 2 for TCP and Noise on our host, where the muxer and the protocol cost none;
///   go-libp2p takes 4, for it proposes Noise before it begins with it, and identifies first
/// @param dialTimeout after this time a dial to a peer that says nothing has failed
/// @param maxConnections how many connections a node keeps; the oldest gives way, those with peers
///   of its table after others
/// @param identify whether both ends of a new connection learn what the other is, as on a real host
/// @param bytesPerSecond what a node's line sends at most; messages wait for each other there; 0
///   for any number
public record Conditions(
    double latency,
    double loss,
    int dialRoundTrips,
    Duration dialTimeout,
    int maxConnections,
    boolean identify,
    long bytesPerSecond) {
  public static final Conditions DEFAULT =
      new Conditions(1, 0, 2, Duration.ofSeconds(5), 160, true, 0);

  /// After so long without a sign of life a host gives a connection up: it pings after 30 s of
  /// silence, and waits 10 s.
  public static final Duration SILENCE = Duration.ofSeconds(40);

  public Conditions {
    if (latency < 0
        || loss < 0
        || loss >= 1
        || dialRoundTrips < 0
        || maxConnections < 1
        || bytesPerSecond < 0) {
      throw new IllegalArgumentException("conditions are out of range");
    }
  }

  public Conditions withLatency(double value) {
    return new Conditions(
        value, loss, dialRoundTrips, dialTimeout, maxConnections, identify, bytesPerSecond);
  }

  public Conditions withLoss(double value) {
    return new Conditions(
        latency, value, dialRoundTrips, dialTimeout, maxConnections, identify, bytesPerSecond);
  }

  public Conditions withMaxConnections(int value) {
    return new Conditions(
        latency, loss, dialRoundTrips, dialTimeout, value, identify, bytesPerSecond);
  }

  public Conditions withBytesPerSecond(long value) {
    return new Conditions(
        latency, loss, dialRoundTrips, dialTimeout, maxConnections, identify, value);
  }
}
