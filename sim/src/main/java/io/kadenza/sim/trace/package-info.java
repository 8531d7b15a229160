/// What a run leaves behind, so that two runs can be compared.
///
/// Start with [TraceHash]. Confined to the simulation's thread.
@NullMarked
package io.kadenza.sim.trace;

import org.jspecify.annotations.NullMarked;
