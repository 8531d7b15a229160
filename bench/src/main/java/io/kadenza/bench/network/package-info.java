/// Races of DHT clients: which finds, stores and provides faster and for less, in one and the same
/// network of servers of both implementations.
@NullMarked
package io.kadenza.bench.network;

import org.jspecify.annotations.NullMarked;
