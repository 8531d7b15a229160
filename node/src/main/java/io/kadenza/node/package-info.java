/// A node put together: host, DHT, the network's way in, and the program's exit codes.
///
/// Start with [Node], which any thread may use. The commands that use it are in
/// `io.kadenza.node.cli`.
@NullMarked
package io.kadenza.node;

import org.jspecify.annotations.NullMarked;
