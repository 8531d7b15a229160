package io.kadenza.kad.internal;

import io.kadenza.kad.internal.keeping.Holdings;
import io.kadenza.kad.internal.server.RpcServer;
import io.kadenza.kad.rpc.KadResponse;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells peers that something was stored, no sooner than it cannot be lost any more. The engine
/// does not wait: one commit carries whatever was stored while the one before was on its way to the
/// disk, and the answers leave on the committing thread. Called on the engine's thread.
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

  void reply(long requestId, KadResponse response) {
    whenDurable(requestId, () -> server.reply(requestId, response));
  }

  void accepted(long requestId) {
    whenDurable(requestId, () -> server.accepted(requestId));
  }

  private void whenDurable(long requestId, Runnable answer) {
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
            LOG.debug("a request is refused because what it stored may be lost", failure);
            server.refuse(requestId);
          }
        });
  }
}
