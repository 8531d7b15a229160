/// What the host is made of, for its own use.
@NullMarked
package io.kadenza.host.internal;

import org.jspecify.annotations.NullMarked;
