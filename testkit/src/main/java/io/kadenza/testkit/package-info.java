/// A DHT in a test: many nodes, no sockets, no waiting, and the same course of events every time.
///
/// Start with [SimulatedNetwork] in a JUnit test, or with [SimulatedDht#start] anywhere else.
/// Everything is confined to the thread of the test.
@NullMarked
package io.kadenza.testkit;

import org.jspecify.annotations.NullMarked;
