/// What a DHT has counted.
///
/// Start with [io.kadenza.kad.metrics.Metrics], an immutable picture that any metrics library can
/// be fed from.
@NullMarked
package io.kadenza.kad.metrics;

import org.jspecify.annotations.NullMarked;
