/// The DHT as one machine: routing table, lookups, records, providers and upkeep, composed.
///
/// Start with [KadEngine]: [EngineInput] goes in, [EngineEffect] comes out. What is confined to the
/// engine belongs to the thread that drives it, one at a time; inputs, effects, events and outcomes
/// are immutable.
@NullMarked
package io.kadenza.kad.engine;

import org.jspecify.annotations.NullMarked;
