/// The DHT as one machine: routing table, lookups, records, providers and upkeep, composed.
///
/// Start with [KadEngine]: [EngineInput] goes in, [EngineEffect] comes out. The engine is confined
/// to the thread that drives it; inputs, effects, events and outcomes are immutable.
@NullMarked
package io.kadenza.kad.engine;

import org.jspecify.annotations.NullMarked;
