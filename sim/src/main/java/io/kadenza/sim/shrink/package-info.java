/// A smaller scenario that fails in the same way as one that is too large to be looked at.
///
/// Start with [Shrinker]. Confined to the thread that calls it.
@NullMarked
package io.kadenza.sim.shrink;

import org.jspecify.annotations.NullMarked;
