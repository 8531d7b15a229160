package io.kadenza.node.control;

import io.kadenza.node.terminal.JsonLine;
import java.util.function.Consumer;

/// Answers questions, on any thread.
@FunctionalInterface
interface Answers {
  /// Hands over the lines of the answer as they are made; what it throws ends the answer, and its
  /// message goes to the asker.
  void answer(ControlRequest request, Consumer<JsonLine> lines);
}
