/// What a running node tells the commands of its own user: a socket in the file system that takes
/// one question a connection and answers in JSON lines. It changes nothing in the node.
///
/// Start with [ControlSocket] for the node and [ControlClient] for the commands. The node answers
/// on virtual threads; a command asks on its own.
@NullMarked
package io.kadenza.node.control;

import org.jspecify.annotations.NullMarked;
