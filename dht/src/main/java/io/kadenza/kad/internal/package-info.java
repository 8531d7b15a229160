/// The shell around the engine: how its effects become streams and its inputs come from them.
@NullMarked
package io.kadenza.kad.internal;

import org.jspecify.annotations.NullMarked;
