package io.kadenza.machine;

import java.util.List;
import java.util.OptionalLong;

/// A protocol as a pure machine: it never blocks, reads no clock and starts no thread.
///
/// A machine is confined to whoever drives it: one thread at a time calls [#apply].
///
/// @param <I> its inputs, usually a sealed interface of records
/// @param <E> its effects, likewise
public interface Machine<I, E> {
  /// Applies one input and returns the effects that it asks for, in the order in which they are to
  /// be run. `now` never goes backwards on its monotonic clock.
  List<E> apply(I input, Now now);

  /// Lets the machine act on the time alone. Calling it before [#deadline] is harmless.
  List<E> tick(Now now);

  /// The monotonic nanos at which [#tick] is due, if ever; re-read it after every call.
  OptionalLong deadline();
}
