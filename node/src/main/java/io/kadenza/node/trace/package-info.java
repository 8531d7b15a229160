/// Lookups made visible: what happens on a walk, as a ladder and a chart for people and as JSON
/// lines for programs.
///
/// Start with [LookupTrace], which reads a DHT's events on a thread of its own and hands them to a
/// [TraceView].
@NullMarked
package io.kadenza.node.trace;

import org.jspecify.annotations.NullMarked;
