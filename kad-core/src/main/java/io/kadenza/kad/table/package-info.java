/// The routing table: buckets of verified servers around our own key.
///
/// Start with [RoutingTable], confined to the engine; [TableSnapshot] is its immutable picture for
/// everybody else. Spec: kad-dht, "Kademlia routing table", and IPFS kad-dht, "Routing Table".
@NullMarked
package io.kadenza.kad.table;

import org.jspecify.annotations.NullMarked;
