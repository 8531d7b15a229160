/// How often peers may have something done: [io.kadenza.host.internal.pace.Pace], and
/// [io.kadenza.host.internal.pace.Paces] for many of them, which know no clock and are confined to
/// whoever asks them.
@NullMarked
package io.kadenza.host.internal.pace;

import org.jspecify.annotations.NullMarked;
