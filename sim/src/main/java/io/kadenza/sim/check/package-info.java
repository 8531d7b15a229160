/// Checkers that look on while a simulation runs and know what must never happen.
///
/// Start with [Checker]. Confined to the simulation's thread.
@NullMarked
package io.kadenza.sim.check;

import org.jspecify.annotations.NullMarked;
