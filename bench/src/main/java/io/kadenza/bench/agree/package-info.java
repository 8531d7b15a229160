/// Whether the simulator tells the truth: the same nodes do the same things at the same times, once
/// on real hosts over loopback TCP and once in the simulator, and the requests are counted.
///
/// Start with [Agreement]. Each class says which thread it belongs to.
@NullMarked
package io.kadenza.bench.agree;

import org.jspecify.annotations.NullMarked;
