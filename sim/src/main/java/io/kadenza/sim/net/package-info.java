/// A network in memory: a virtual clock, links with a seeded latency, and one engine per node.
///
/// Start with [Network]. Everything here is confined to the one thread that runs the simulation,
/// and one seed decides everything that happens.
@NullMarked
package io.kadenza.sim.net;

import org.jspecify.annotations.NullMarked;
