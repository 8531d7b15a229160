/// Kills a process that stores and acknowledges, again and again, and looks at what is left.
///
/// Start with [CrashRun]; `bench/crash` runs it.
@NullMarked
package io.kadenza.bench.crash;

import org.jspecify.annotations.NullMarked;
