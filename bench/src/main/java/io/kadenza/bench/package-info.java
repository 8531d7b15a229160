/// A race between DHT servers, ours and others', with one load generator for all.
///
/// Start at [io.kadenza.bench.Race]. A [io.kadenza.bench.Contender] is a server process; a
/// [io.kadenza.bench.Scenario] puts a load on it and tells what it achieved; what it cost is read
/// from the kernel's accounts of the process. The generator runs on one event loop of its own.
@NullMarked
package io.kadenza.bench;

import org.jspecify.annotations.NullMarked;
