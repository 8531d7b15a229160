/// Protocols as pure machines: inputs in, effects out as data, plus the time of the next wake-up.
///
/// Start with [Machine]; [Now] is the pair of clocks that it is handed. A core (`kad-core`,
/// `gossipsub-core`) implements [Machine]; on a real host a [MachineDriver] feeds it, and in the
/// simulator the event queue does. [Deadline] is for code around a machine, which blocks, and
/// [CurrentState] for code that tells it of what several threads change.
@NullMarked
package io.kadenza.machine;

import org.jspecify.annotations.NullMarked;
