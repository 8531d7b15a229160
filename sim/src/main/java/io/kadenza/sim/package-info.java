/// The laboratory: runs of a scenario, and several of them side by side.
///
/// Start with [Simulation], which runs a [io.kadenza.sim.scenario.Scenario] in a
/// [io.kadenza.sim.net.Network] and ends in a [io.kadenza.sim.report.SimulationReport]. A run is
/// confined to the thread that calls it.
@NullMarked
package io.kadenza.sim;

import org.jspecify.annotations.NullMarked;
