/// From a peer id to a connection: names are resolved, addresses raced, failures remembered.
///
/// Start with [Dialer], which any thread may call and which blocks it: [Candidates] says which
/// addresses are tried, a [Race] tries them, and [DialBackoff] and [DialsUnderWay] keep peers from
/// having us knock where nobody wants it.
@NullMarked
package io.kadenza.host.internal.dial;

import org.jspecify.annotations.NullMarked;
