/// What the DHT counts, on whichever thread it happens.
///
/// Start with [io.kadenza.kad.internal.metrics.RpcMeter].
@NullMarked
package io.kadenza.kad.internal.metrics;

import org.jspecify.annotations.NullMarked;
