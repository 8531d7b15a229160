package io.kadenza.kad;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/// The answers of two networks that were asked the same at the same time.
record Both<T>(T wan, T lan) {
  /// Asks both at once; takes as long as the slower one.
  static <T> Both<T> ask(Supplier<T> wan, Supplier<T> lan) {
    var other = new CompletableFuture<T>();
    Thread asking =
        Thread.ofVirtual()
            .name("kad-lan")
            .start(() -> {
              try {
                other.complete(lan.get());
              } catch (RuntimeException failed) {
                other.completeExceptionally(failed);
              }
            });
    try {
      return new Both<>(wan.get(), other.get());
    } catch (InterruptedException interrupted) {
      throw DhtException.interrupted();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } finally {
      // Whoever was interrupted does not wait for the other either.
      asking.interrupt();
    }
  }

  T merged(BinaryOperator<T> how) {
    return how.apply(wan, lan);
  }
}
