/// The laboratory's commands: `kad sim run`, `kad sim compare`, `kad sim shrink` and `kad sim
/// table`.
///
/// Start with [SimCommand]. Confined to the main thread.
@NullMarked
package io.kadenza.node.cli.sim;

import org.jspecify.annotations.NullMarked;
