/// What a DHT node keeps, in memory or in a directory.
///
/// Start with [Holdings]. The stores that the engine asks are the same in both cases, in memory; in
/// a directory, journals write every change down, and the next life is built from what they wrote.
@NullMarked
package io.kadenza.kad.internal.keeping;

import org.jspecify.annotations.NullMarked;
