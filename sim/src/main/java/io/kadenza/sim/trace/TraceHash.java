package io.kadenza.sim.trace;

/// A fingerprint of everything that happened, in its order: equal for the same scenario and seed on
/// every machine. Not cryptographic: it guards against accidents, not against forgery.
public final class TraceHash {
  private static final long K0 = 0x9e3779b97f4a7c15L;
  private static final long K1 = 0xe7037ed1a0b428dbL;

  private long state = K1;

  /// The fingerprint of nothing.
  public TraceHash() {}

  /// Adds one happening: when it was, what it was and whom it concerned.
  public void add(long time, int kind, int who, int whom) {
    fold(time ^ (long) kind << 56);
    fold((long) who << 32 | (whom & 0xffffffffL));
  }

  private void fold(long value) {
    long mixed = state ^ value;
    state = mixed * K0 ^ Math.unsignedMultiplyHigh(mixed, K0) + K1;
  }

  public long value() {
    return state;
  }

  /// Sixteen hexadecimal digits.
  @Override
  public String toString() {
    return "%016x".formatted(state);
  }
}
