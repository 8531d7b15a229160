package io.kadenza.kad.internal;

import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// An operation that the engine works on.
///
/// @param findings told of its progress, on the thread that drives the engine
/// @param outcome completed when it ends
record PendingOperation<O extends Outcome>(
    Operation<O> operation, Consumer<Finding> findings, CompletableFuture<O> outcome) {
  void end(Outcome told) {
    outcome.complete(operation.ended(told));
  }
}
