/// Whether strangers can reach this host: what speaks for and against it, and the judgement.
///
/// Start with [io.kadenza.host.internal.reach.Evidence], which has no clock and no lock;
/// [io.kadenza.host.internal.reach.ReachabilityWatch] feeds it from any thread.
@NullMarked
package io.kadenza.host.internal.reach;

import org.jspecify.annotations.NullMarked;
