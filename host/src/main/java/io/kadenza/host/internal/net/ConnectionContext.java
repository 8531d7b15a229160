package io.kadenza.host.internal.net;

import io.kadenza.host.Limits;
import io.kadenza.host.internal.noise.NoiseIdentity;

/// What all connections of one host share.
///
/// @param identity the host's static Noise key, with its proof
/// @param threads runs the blocking handlers
public record ConnectionContext(
    NoiseIdentity identity,
    Protocols protocols,
    Limits limits,
    StreamThreads threads,
    ConnectionOwner owner) {}
