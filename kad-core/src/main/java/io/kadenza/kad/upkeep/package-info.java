/// What keeps the table full and truthful: admission, refresh, probing.
///
/// Start with [CheckQueue], by which peers come into the table. Everything here is confined to the
/// engine. Spec: kad-dht, "Bootstrap process", and IPFS kad-dht, "Routing Table Refresh".
@NullMarked
package io.kadenza.kad.upkeep;

import org.jspecify.annotations.NullMarked;
