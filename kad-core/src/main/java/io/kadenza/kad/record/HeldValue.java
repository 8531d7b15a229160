package io.kadenza.kad.record;

import io.kadenza.multiformats.PeerId;
import java.time.Instant;

/// A value that is kept here, and what is known of it. Immutable.
///
/// @param from who stored it, and whose quota it counts against; ourselves for our own
/// @param expires when it will be forgotten, unless it is stored anew
public record HeldValue(Record record, PeerId from, Instant expires) {}
