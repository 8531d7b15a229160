/// A queue of bytes on their way out, shared by the machines that fill it and the shell that
/// empties it.
///
/// Start with [io.kadenza.host.internal.bytes.OutBuffer]. Everything here is confined to one
/// connection's event loop.
@NullMarked
package io.kadenza.host.internal.bytes;

import org.jspecify.annotations.NullMarked;
