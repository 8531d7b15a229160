/// The peer that `interop/run` pairs with those of other languages: verbs in JSON on standard
/// input, answers on standard output, as `interop/README.md` has it.
///
/// Start with [InteropPeer]. Confined to the thread that serves.
@NullMarked
package io.kadenza.node.interop;

import org.jspecify.annotations.NullMarked;
