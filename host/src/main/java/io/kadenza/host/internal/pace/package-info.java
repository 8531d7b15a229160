/// How often peers may have something done: [io.kadenza.host.internal.pace.Pace], which knows no
/// clock and is confined to whoever asks it.
@NullMarked
package io.kadenza.host.internal.pace;

import org.jspecify.annotations.NullMarked;
