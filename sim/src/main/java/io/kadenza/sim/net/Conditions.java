package io.kadenza.sim.net;

import java.time.Duration;

/// What the links of a simulated network are like.
///
/// @param latency stretches all delays; 1 for the internet
/// @param loss the share of messages that are lost; a stream sends them again, so that a loss is a
///   delay
/// @param dialRoundTrips how many round trips pass before a request can be sent to a peer without a
///   connection: 3 for TCP, Noise and a muxer without waiting for each other
/// @param dialTimeout after this time a dial to a peer that says nothing has failed
/// @param maxConnections how many connections a node keeps; the oldest gives way
/// @param identify whether both ends of a new connection learn what the other is, as on a real host
public record Conditions(
    double latency,
    double loss,
    int dialRoundTrips,
    Duration dialTimeout,
    int maxConnections,
    boolean identify) {
  public static final Conditions DEFAULT =
      new Conditions(1, 0, 3, Duration.ofSeconds(5), 160, true);

  public Conditions {
    if (latency < 0 || loss < 0 || loss >= 1 || dialRoundTrips < 0 || maxConnections < 1) {
      throw new IllegalArgumentException("conditions are out of range");
    }
  }

  public Conditions withLatency(double value) {
    return new Conditions(value, loss, dialRoundTrips, dialTimeout, maxConnections, identify);
  }

  public Conditions withLoss(double value) {
    return new Conditions(latency, value, dialRoundTrips, dialTimeout, maxConnections, identify);
  }

  public Conditions withDial(int roundTrips, Duration timeout) {
    return new Conditions(latency, loss, roundTrips, timeout, maxConnections, identify);
  }

  public Conditions withMaxConnections(int value) {
    return new Conditions(latency, loss, dialRoundTrips, dialTimeout, value, identify);
  }

  public Conditions withIdentify(boolean value) {
    return new Conditions(latency, loss, dialRoundTrips, dialTimeout, maxConnections, value);
  }
}
