package io.kadenza.kad.internal;

import io.kadenza.kad.engine.Operation;
import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.internal.keeping.Holdings;
import io.kadenza.kad.internal.server.RpcServer;
import io.kadenza.kad.rpc.KadResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells peers and callers that something was stored, no sooner than it cannot be lost any more.
/// The engine does not wait: one commit carries whatever was stored while the one before was on its
/// way to the disk, and the answers leave on the committing thread. Called where the engine's
/// effects are run.
final class Acknowledgements {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

  private final Holdings holdings;
  private final RpcServer server;

  Acknowledgements(Holdings holdings, RpcServer server) {
    this.holdings = holdings;
    this.server = server;
  }

  /// Whether an answer says that something was stored.
  static boolean isPromise(KadResponse response) {
    return switch (response) {
      case KadResponse.Stored _, KadResponse.ProviderAdded _ -> true;
      case KadResponse.Closer _, KadResponse.Value _, KadResponse.Providers _, KadResponse.Pong _ ->
          false;
    };
  }

  /// Whether the end of an operation says what this node will do from now on, also after a restart.
  private static boolean isPromise(Operation<?> operation) {
    return operation instanceof Operation.StartProviding
        || operation instanceof Operation.StopProviding
        || operation instanceof Operation.Publish
        || operation instanceof Operation.Unpublish;
  }

  void reply(long requestId, KadResponse response) {
    whenDurable(() -> server.reply(requestId, response), _ -> server.refuse(requestId));
  }

  void accepted(long requestId) {
    whenDurable(() -> server.accepted(requestId), _ -> server.refuse(requestId));
  }

  /// Ends an operation of our own.
  void done(PendingOperation<?> pending, Outcome outcome) {
    if (isPromise(pending.operation())) {
      whenDurable(
          () -> pending.end(outcome), failure -> pending.outcome().completeExceptionally(failure));
    } else {
      pending.end(outcome);
    }
  }

  private void whenDurable(Runnable answer, Consumer<Throwable> refuse) {
    CompletableFuture<Void> durable = holdings.sync();
    if (durable.isDone() && !durable.isCompletedExceptionally()) {
      answer.run();
      return;
    }
    var _ =
        durable.whenComplete((_, failure) -> {
          if (failure == null) {
            answer.run();
          } else {
            LOG.debug("nothing is promised because what was stored may be lost", failure);
            Throwable cause = failure.getCause();
            refuse.accept(
                failure instanceof CompletionException && cause != null ? cause : failure);
          }
        });
  }
}
