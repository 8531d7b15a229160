/// The ways in and out of the program: streams, colour, escaping, JSON lines, logging.
///
/// Start with [Terminal]. Nothing here knows what the program does. Everything is immutable or safe
/// for use by any thread.
@NullMarked
package io.kadenza.node.terminal;

import org.jspecify.annotations.NullMarked;
