package io.kadenza.store;

/// Whether a store can take further changes.
public sealed interface Health {
  record Well() implements Health {}

  /// The last commit failed. Reads go on, [Store#accepts] says no, and what was not committed is
  /// tried again from time to time.
  ///
  /// @param message one line for a person
  record Degraded(StoreException.Reason reason, String message) implements Health {}

  default boolean isWell() {
    return this instanceof Well;
  }
}
