/// What the DHT keeps: values under validated keys, and who provides what.
///
/// Start with [Record], [Validator] and [RecordStore]. The stores in memory are confined to the
/// engine; values and validators are immutable. Spec: kad-dht, "Value storage and retrieval",
/// "Content provider advertisement and discovery".
@NullMarked
package io.kadenza.kad.record;

import org.jspecify.annotations.NullMarked;
