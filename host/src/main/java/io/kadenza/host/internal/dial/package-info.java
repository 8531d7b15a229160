/// From a peer id to a connection: names are resolved, addresses raced, failures remembered.
///
/// Start with [io.kadenza.host.internal.dial.Dialer]. Everything here is safe for use by any thread
/// and blocks the virtual thread that calls it.
@NullMarked
package io.kadenza.host.internal.dial;

import org.jspecify.annotations.NullMarked;
