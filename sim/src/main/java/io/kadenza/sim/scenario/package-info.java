/// What a simulation is asked to do: how many nodes, on what links, under which faults and attacks,
/// with what traffic; and the files that say so.
///
/// Start with [ScenarioFile], which reads a [Scenario]. Everything here is immutable.
@NullMarked
package io.kadenza.sim.scenario;

import org.jspecify.annotations.NullMarked;
