/// Durable bytes in named tables: what survives the end of a process, and how one knows that it
/// does.
///
/// Start with [Store]. A store gathers changes in memory and commits them as groups on a thread of
/// its own; [Store#sync] tells when they are durable. Below it is a [Database]: SQLite in a
/// directory, or one in memory for tests, which behaves alike.
@NullMarked
package io.kadenza.store;

import org.jspecify.annotations.NullMarked;
