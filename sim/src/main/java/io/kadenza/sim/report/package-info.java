/// What a simulation has measured, and its forms: text, JSON's fields, and a page with charts.
///
/// Start with [SimulationReport]. Everything here is immutable.
@NullMarked
package io.kadenza.sim.report;

import org.jspecify.annotations.NullMarked;
