package io.kadenza.gossip.engine;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.MessageIdFunction;
import io.kadenza.multiformats.Bytes;
import java.util.Objects;

/// Names messages by the application's function.
record MessageIds(MessageIdFunction function) {

  /// A peer's message may be one that the function fails at; that must not pass for a fault of the
  /// engine's, which an error would end.
  ///
  /// @throws IllegalStateException if the function throws, or gives no id
  Bytes of(Message message) {
    try {
      return Objects.requireNonNull(function.id(message), "no id");
    } catch (Exception | AssertionError | LinkageError | StackOverflowError bug) {
      throw new IllegalStateException("the function that names messages fails: " + bug, bug);
    }
  }
}
