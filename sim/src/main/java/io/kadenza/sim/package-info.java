/// The laboratory: scenarios, their runs, and what was measured.
///
/// Start with [Simulation]. A run is confined to the thread that calls it.
@NullMarked
package io.kadenza.sim;

import org.jspecify.annotations.NullMarked;
