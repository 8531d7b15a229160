/// The command line: one class for each command.
///
/// Start with [CommandLineRunner], which finds the command, runs it and turns what went wrong into
/// one line and an exit code. Commands are confined to the thread that runs them.
@NullMarked
package io.kadenza.node.cli;

import org.jspecify.annotations.NullMarked;
