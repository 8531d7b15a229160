package io.kadenza.kad.record;

import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Instant;

/// That a peer provides what a key names.
///
/// @param stored when the peer last said so here
public record ProviderRecord(Bytes key, PeerInfo provider, Instant stored) {}
