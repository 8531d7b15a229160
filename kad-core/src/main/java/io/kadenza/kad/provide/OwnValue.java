package io.kadenza.kad.provide;

import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.Optional;

/// A value that this node published and stores again from time to time.
///
/// @param stored when it was last stored at others; empty as long as it was not
public record OwnValue(Bytes key, Bytes value, Optional<Instant> stored) {}
