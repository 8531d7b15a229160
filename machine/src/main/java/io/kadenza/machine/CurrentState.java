package io.kadenza.machine;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// Tells of a state that several threads change and each tells of afterwards.
public final class CurrentState {
  private CurrentState() {}

  /// Tells `listener` what is. What several threads tell may overtake each other: so whoever has
  /// told looks whether it still holds, and the last to tell has told what is.
  ///
  /// @param state safe for use by any thread
  /// @param listener told at least once, from here
  public static <T> void tell(Supplier<T> state, Consumer<? super T> listener) {
    T told;
    do {
      told = state.get();
      listener.accept(told);
    } while (!told.equals(state.get()));
  }
}
