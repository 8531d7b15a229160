package io.kadenza.gossip.rpc;

import java.time.Duration;
import java.util.Optional;

/// The sender has removed the receiver from its mesh for a topic. The peers that gossipsub 1.1 may
/// offer in exchange are skipped when read.
///
/// @param backoffSeconds for how long the receiver must not graft again; 0 when the sender does not
///   say, as under gossipsub 1.0; at most [RpcLimits#MAX_BACKOFF_SECONDS]
public record Prune(String topic, int backoffSeconds) {
  public Prune {
    if (backoffSeconds < 0 || backoffSeconds > RpcLimits.MAX_BACKOFF_SECONDS) {
      throw new IllegalArgumentException(
          "a back-off lasts 0.." + RpcLimits.MAX_BACKOFF_SECONDS + " s, not " + backoffSeconds);
    }
  }

  /// The field's value off the wire, an unsigned 64-bit number, brought into bounds.
  static Prune clamped(String topic, long backoff) {
    boolean tooLong = Long.compareUnsigned(backoff, RpcLimits.MAX_BACKOFF_SECONDS) > 0;
    return new Prune(topic, tooLong ? RpcLimits.MAX_BACKOFF_SECONDS : (int) backoff);
  }

  /// The back-off that the sender asks for, if it does.
  public Optional<Duration> backoff() {
    return backoffSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(backoffSeconds));
  }
}
