/// The shell around the engine: how its effects become streams and its inputs come from them.
///
/// Start with [KadDriver], whose one virtual thread owns the engine.
@NullMarked
package io.kadenza.kad.internal;

import org.jspecify.annotations.NullMarked;
