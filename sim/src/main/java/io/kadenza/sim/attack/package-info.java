/// Nodes that lie, each kind a small class.
///
/// Start with [io.kadenza.sim.net.Conduct]. Confined to the simulation's thread.
@NullMarked
package io.kadenza.sim.attack;

import org.jspecify.annotations.NullMarked;
