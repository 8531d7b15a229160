/// A whole network in one process, told as a story for someone who sees it for the first time.
///
/// Start with [Demo]. Confined to the main thread.
@NullMarked
package io.kadenza.node.demo;

import org.jspecify.annotations.NullMarked;
