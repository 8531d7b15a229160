package io.kadenza.kad.internal;

import io.kadenza.kad.engine.Finding;
import io.kadenza.kad.engine.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// An operation that the engine works on.
///
/// @param isPromise whether its outcome has to wait until it cannot be lost any more
/// @param findings told of its progress, on the engine's thread
/// @param outcome completed when it ends
record PendingOperation(
    boolean isPromise, Consumer<Finding> findings, CompletableFuture<Outcome> outcome) {}
