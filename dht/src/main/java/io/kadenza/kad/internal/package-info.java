/// The shell around the engine: how its effects become streams and its inputs come from them.
///
/// Start with [KadDriver], which feeds the engine on a thread of its own and, while that is idle,
/// in the event loops that bring peers' requests.
@NullMarked
package io.kadenza.kad.internal;

import org.jspecify.annotations.NullMarked;
