/// How often peers may have something done.
///
/// Start with [io.kadenza.host.internal.pace.Pace]; [io.kadenza.host.internal.pace.Paces] keeps
/// many of them. Both know no clock and are confined to whoever asks them.
@NullMarked
package io.kadenza.host.internal.pace;

import org.jspecify.annotations.NullMarked;
