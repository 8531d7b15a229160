package io.kadenza.kad;

import io.kadenza.store.StoreException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Waits for the engine. The engine itself bounds every operation, so no further limit is needed.
final class Waiting {
  private Waiting() {}

  /// @param abandon run when the caller is interrupted, to end what nobody waits for any more
  static <T> T forOutcome(CompletableFuture<T> outcome, Runnable abandon) {
    try {
      return outcome.get();
    } catch (InterruptedException interrupted) {
      abandon.run();
      throw DhtException.interrupted();
    } catch (CancellationException closed) {
      throw new DhtException(DhtException.Reason.CLOSED, "the DHT is closed");
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StoreException notKept) {
        throw notKept;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }
}
