/// The keyspace: 256-bit keys under the XOR metric, and the contacts that live in it.
///
/// Start with [KadKey]. Everything here is immutable and may be shared between threads; spec:
/// kad-dht, "Distance".
@NullMarked
package io.kadenza.kad.key;

import org.jspecify.annotations.NullMarked;
