/// What the host is made of, for its own use.
///
/// Start with [Reception], where peers come in and go; safe for use by any thread.
@NullMarked
package io.kadenza.host.internal;

import org.jspecify.annotations.NullMarked;
