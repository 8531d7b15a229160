package io.kadenza.host.internal.net;

import io.kadenza.host.Limits;
import io.kadenza.host.internal.noise.NoiseIdentity;
import io.kadenza.host.internal.yamux.YamuxLimits;

/// What all connections of one host share.
///
/// @param identity the host's static Noise key, with its proof
/// @param threads runs the blocking handlers
/// @param budget the memory that all of them may take
public record ConnectionContext(
    NoiseIdentity identity,
    Protocols protocols,
    Limits limits,
    StreamThreads threads,
    MemoryBudget budget,
    ConnectionOwner owner) {
  YamuxLimits muxerLimits() {
    YamuxLimits usual = YamuxLimits.defaults();
    return new YamuxLimits(
        limits.initialWindow(),
        limits.maxWindow(),
        Math.max(limits.maxInboundStreams(), limits.maxOutboundStreams()),
        usual.ackBacklog(),
        usual.maxQueuedControl(),
        usual.maxQueuedPongs(),
        usual.keepAlive(),
        usual.pingTimeout(),
        usual.maxFrame(),
        Math.max(usual.connectionReceiveBytes(), limits.maxWindow()));
  }
}
