package io.kadenza.bench;

/// Whoever is told what became of requests. Called in the generator's event loop.
interface Answers {
  /// A request was answered rightly, so many nanoseconds after it was sent.
  void answered(long nanos);

  /// One was not.
  void failed(String why);

  /// Whether further requests are to be sent.
  boolean wantsMore();
}
